import { take1, take12 } from '../../../schema/arity.ts';
import { upstream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { own } from '../../../schema/setting.ts';
import { readNumber } from '../../../schema/values/number.ts';
import { readTime } from '../../../schema/values/time.ts';
import { type Keepalive, readKeepalive } from './settings.ts';

/** The directives of ngx_http_upstream_keepalive_module. */
export const httpUpstreamKeepalive = defineModule({
  name: 'ngx_http_upstream_keepalive_module',
  settings: {
    keepalive: own<Keepalive | undefined>(undefined),
    keepaliveRequests: own(1000),
    keepaliveTime: own(3_600_000),
    keepaliveTimeout: own(60_000),
  },
  directives: {
    keepalive: { in: upstream, args: take12, value: { kind: 'grammar', grammar: 'keepalive' }, repeat: 'no', default: ['32 local'], since: '1.1.4', changes: [{ before: '1.7.5', args: take12 }, { before: '1.29.7', args: take1 }], doc: 'en/docs/http/ngx_http_upstream_module.html#keepalive', sets: 'keepalive', read: readKeepalive },
    keepalive_requests: { in: upstream, args: take1, value: { kind: 'number' }, repeat: 'no', default: ['1000'], since: '1.15.3', doc: 'en/docs/http/ngx_http_upstream_module.html#keepalive_requests', sets: 'keepaliveRequests', read: readNumber },
    keepalive_time: { in: upstream, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['1h'], since: '1.19.10', doc: 'en/docs/http/ngx_http_upstream_module.html#keepalive_time', sets: 'keepaliveTime', read: readTime },
    keepalive_timeout: { in: upstream, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['60s'], since: '1.15.3', doc: 'en/docs/http/ngx_http_upstream_module.html#keepalive_timeout', sets: 'keepaliveTimeout', read: readTime },
  },
});
