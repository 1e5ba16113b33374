import { take1, take123, take3 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_limit_req_module. */
export const httpLimitReq = defineModule({
  name: 'ngx_http_limit_req_module',
  directives: {
    limit_req: { in: http | server | location, args: take123, value: { kind: 'grammar', grammar: 'limit_req' }, repeat: 'yes-unique-zone', merge: 'list', since: '0.7.20', doc: 'en/docs/http/ngx_http_limit_req_module.html#limit_req' },
    limit_req_dry_run: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.17.1', doc: 'en/docs/http/ngx_http_limit_req_module.html#limit_req_dry_run' },
    limit_req_log_level: { in: http | server | location, args: take1, value: { kind: 'enum', values: ['info', 'notice', 'warn', 'error'] }, repeat: 'no', default: ['error'], since: '0.7.63', doc: 'en/docs/http/ngx_http_limit_req_module.html#limit_req_log_level' },
    limit_req_status: { in: http | server | location, args: take1, value: { kind: 'number', min: 400, max: 599 }, repeat: 'no', default: ['503'], since: '1.3.15', doc: 'en/docs/http/ngx_http_limit_req_module.html#limit_req_status' },
    limit_req_zone: { in: http, args: take3, value: { kind: 'grammar', grammar: 'limit_req_zone' }, repeat: 'yes-unique-zone', merge: 'own', since: '0.7.20', doc: 'en/docs/http/ngx_http_limit_req_module.html#limit_req_zone' },
  },
});
