import { take1, take2, take3 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_limit_conn_module. */
export const httpLimitConn = defineModule({
  name: 'ngx_http_limit_conn_module',
  directives: {
    limit_conn: { in: http | server | location, args: take2, value: { kind: 'grammar', grammar: 'limit_conn' }, repeat: 'yes-unique-zone', merge: 'list', since: '0.5.6', doc: 'en/docs/http/ngx_http_limit_conn_module.html#limit_conn' },
    limit_conn_dry_run: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.17.6', doc: 'en/docs/http/ngx_http_limit_conn_module.html#limit_conn_dry_run' },
    limit_conn_log_level: { in: http | server | location, args: take1, value: { kind: 'enum', values: ['info', 'notice', 'warn', 'error'] }, repeat: 'no', default: ['error'], since: '0.7.63', doc: 'en/docs/http/ngx_http_limit_conn_module.html#limit_conn_log_level' },
    limit_conn_status: { in: http | server | location, args: take1, value: { kind: 'number', min: 400, max: 599 }, repeat: 'no', default: ['503'], since: '1.3.15', doc: 'en/docs/http/ngx_http_limit_conn_module.html#limit_conn_status' },
    limit_conn_zone: { in: http, args: take2, value: { kind: 'grammar', grammar: 'limit_conn_zone' }, repeat: 'yes-unique-zone', merge: 'own', since: '1.1.8', doc: 'en/docs/http/ngx_http_limit_conn_module.html#limit_conn_zone' },
    limit_zone: { in: http, args: take3, value: { kind: 'custom' }, since: '0.5.6', until: '1.7.6', deprecated: { since: '1.1.8', replacement: 'limit_conn_zone', effect: 'warn' }, doc: 'en/docs/http/ngx_http_limit_conn_module.html#limit_zone' },
  },
});
