import { take1, take123, take3 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { list, ownList, value } from '../../../schema/setting.ts';
import { oneOf } from '../../../schema/values/enum.ts';
import { readFlag } from '../../../schema/values/flag.ts';
import { readNumber } from '../../../schema/values/number.ts';
import { type RateLimit, type RateZone, readRateLimit, readRateZone } from './settings.ts';

/** The directives of ngx_http_limit_req_module. */
export const httpLimitReq = defineModule({
  name: 'ngx_http_limit_req_module',
  settings: {
    limits: list<RateLimit>(),
    zones: ownList<RateZone>(),
    status: value(503),
    level: value<'info' | 'notice' | 'warn' | 'error'>('error'),
    dryRun: value(false),
  },
  directives: {
    limit_req: { in: http | server | location, args: take123, value: { kind: 'grammar', grammar: 'limit_req' }, repeat: 'yes-unique-zone', merge: 'list', since: '0.7.20', doc: 'en/docs/http/ngx_http_limit_req_module.html#limit_req', sets: 'limits', read: readRateLimit },
    limit_req_dry_run: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.17.1', doc: 'en/docs/http/ngx_http_limit_req_module.html#limit_req_dry_run', sets: 'dryRun', read: readFlag },
    limit_req_log_level: { in: http | server | location, args: take1, value: { kind: 'enum', values: ['info', 'notice', 'warn', 'error'] }, repeat: 'no', default: ['error'], since: '0.7.63', doc: 'en/docs/http/ngx_http_limit_req_module.html#limit_req_log_level', sets: 'level', read: oneOf('info', 'notice', 'warn', 'error') },
    limit_req_status: { in: http | server | location, args: take1, value: { kind: 'number', min: 400, max: 599 }, repeat: 'no', default: ['503'], since: '1.3.15', doc: 'en/docs/http/ngx_http_limit_req_module.html#limit_req_status', sets: 'status', read: readNumber },
    limit_req_zone: { in: http, args: take3, value: { kind: 'grammar', grammar: 'limit_req_zone' }, repeat: 'yes-unique-zone', merge: 'own', since: '0.7.20', doc: 'en/docs/http/ngx_http_limit_req_module.html#limit_req_zone', sets: 'zones', read: readRateZone },
  },
});
