import { take1, take2 } from '../../../schema/arity.ts';
import { stream, streamServer } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_stream_limit_conn_module. */
export const streamLimitConn = defineModule({
  name: 'ngx_stream_limit_conn_module',
  directives: {
    limit_conn: { in: stream | streamServer, args: take2, value: { kind: 'grammar', grammar: 'limit_conn' }, repeat: 'yes-unique-zone', merge: 'list', since: '1.9.3', doc: 'en/docs/stream/ngx_stream_limit_conn_module.html#limit_conn' },
    limit_conn_dry_run: { in: stream | streamServer, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.17.6', doc: 'en/docs/stream/ngx_stream_limit_conn_module.html#limit_conn_dry_run' },
    limit_conn_log_level: { in: stream | streamServer, args: take1, value: { kind: 'enum', values: ['info', 'notice', 'warn', 'error'] }, repeat: 'no', default: ['error'], since: '1.9.3', doc: 'en/docs/stream/ngx_stream_limit_conn_module.html#limit_conn_log_level' },
    limit_conn_zone: { in: stream, args: take2, value: { kind: 'grammar', grammar: 'limit_conn_zone' }, repeat: 'yes-unique-zone', merge: 'own', since: '1.9.3', doc: 'en/docs/stream/ngx_stream_limit_conn_module.html#limit_conn_zone' },
  },
});
