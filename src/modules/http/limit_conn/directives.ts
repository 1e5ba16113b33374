import { take1, take2, take3 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { list, ownList, value } from '../../../schema/setting.ts';
import { oneOf } from '../../../schema/values/enum.ts';
import { readFlag } from '../../../schema/values/flag.ts';
import { readNumber } from '../../../schema/values/number.ts';
import { type ConnectionLimit, type ConnectionZone, readConnectionLimit, readConnectionZone } from './settings.ts';

/** The directives of ngx_http_limit_conn_module. */
export const httpLimitConn = defineModule({
  name: 'ngx_http_limit_conn_module',
  settings: {
    limits: list<ConnectionLimit>(),
    zones: ownList<ConnectionZone>(),
    status: value(503),
    level: value<'info' | 'notice' | 'warn' | 'error'>('error'),
    dryRun: value(false),
  },
  directives: {
    limit_conn: { in: http | server | location, args: take2, value: { kind: 'grammar', grammar: 'limit_conn' }, repeat: 'yes-unique-zone', merge: 'list', since: '0.5.6', doc: 'en/docs/http/ngx_http_limit_conn_module.html#limit_conn', sets: 'limits', read: readConnectionLimit },
    limit_conn_dry_run: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.17.6', doc: 'en/docs/http/ngx_http_limit_conn_module.html#limit_conn_dry_run', sets: 'dryRun', read: readFlag },
    limit_conn_log_level: { in: http | server | location, args: take1, value: { kind: 'enum', values: ['info', 'notice', 'warn', 'error'] }, repeat: 'no', default: ['error'], since: '0.7.63', doc: 'en/docs/http/ngx_http_limit_conn_module.html#limit_conn_log_level', sets: 'level', read: oneOf('info', 'notice', 'warn', 'error') },
    limit_conn_status: { in: http | server | location, args: take1, value: { kind: 'number', min: 400, max: 599 }, repeat: 'no', default: ['503'], since: '1.3.15', doc: 'en/docs/http/ngx_http_limit_conn_module.html#limit_conn_status', sets: 'status', read: readNumber },
    limit_conn_zone: { in: http, args: take2, value: { kind: 'grammar', grammar: 'limit_conn_zone' }, repeat: 'yes-unique-zone', merge: 'own', since: '1.1.8', doc: 'en/docs/http/ngx_http_limit_conn_module.html#limit_conn_zone', sets: 'zones', read: readConnectionZone },
    limit_zone: { in: http, args: take3, value: { kind: 'custom' }, since: '0.5.6', until: '1.7.6', deprecated: { since: '1.1.8', replacement: 'limit_conn_zone', effect: 'warn' }, doc: 'en/docs/http/ngx_http_limit_conn_module.html#limit_zone' },
  },
});
