import { take12 } from '../../../schema/arity.ts';
import { upstream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { own } from '../../../schema/setting.ts';
import { type LeastTime, readLeastTime } from './settings.ts';

/** The directives of ngx_http_upstream_least_time_module. */
export const httpUpstreamLeastTime = defineModule({
  name: 'ngx_http_upstream_least_time_module',
  settings: {
    leastTime: own<LeastTime | undefined>(undefined),
  },
  directives: {
    least_time: { in: upstream, args: take12, value: { kind: 'grammar', grammar: 'least_time' }, repeat: 'no', since: '1.31.0', openSince: '1.31.0', doc: 'en/docs/http/ngx_http_upstream_module.html#least_time', sets: 'leastTime', read: readLeastTime },
  },
});
