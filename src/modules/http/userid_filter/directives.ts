import { take1, take123 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_userid_filter_module. */
export const httpUseridFilter = defineModule({
  name: 'ngx_http_userid_filter_module',
  directives: {
    userid: { in: http | server | location, args: take1, value: { kind: 'enum', values: ['off', 'log', 'v1', 'on'] }, repeat: 'no', default: ['off'], since: '0.1.0', doc: 'en/docs/http/ngx_http_userid_module.html#userid' },
    userid_domain: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no', default: ['none'], since: '0.1.0', doc: 'en/docs/http/ngx_http_userid_module.html#userid_domain' },
    userid_expires: { in: http | server | location, args: take1, value: { kind: 'time', unit: 's', values: ['max', 'off'] }, repeat: 'no', default: ['off'], since: '0.1.0', doc: 'en/docs/http/ngx_http_userid_module.html#userid_expires' },
    userid_flags: { in: http | server | location, args: take123, value: { kind: 'bitmask', values: ['off', 'secure', 'httponly', 'samesite=strict', 'samesite=lax', 'samesite=none'] }, repeat: 'accumulate', default: ['off'], since: '1.19.3', doc: 'en/docs/http/ngx_http_userid_module.html#userid_flags' },
    userid_mark: { in: http | server | location, args: take1, value: { kind: 'char', values: ['off'], pattern: '[A-Za-z0-9=]' }, repeat: 'no', default: ['off'], since: '0.1.44', doc: 'en/docs/http/ngx_http_userid_module.html#userid_mark' },
    userid_name: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no', default: ['uid'], since: '0.1.0', doc: 'en/docs/http/ngx_http_userid_module.html#userid_name' },
    userid_p3p: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no', default: ['none'], since: '0.1.5', doc: 'en/docs/http/ngx_http_userid_module.html#userid_p3p' },
    userid_path: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no', default: ['/'], since: '0.1.0', doc: 'en/docs/http/ngx_http_userid_module.html#userid_path' },
    userid_service: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no', default: ['IP address of the server'], since: '0.1.0', doc: 'en/docs/http/ngx_http_userid_module.html#userid_service' },
  },
});
