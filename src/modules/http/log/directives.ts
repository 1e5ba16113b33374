import { oneOrMore, take123, take1234, twoOrMore } from '../../../schema/arity.ts';
import { http, ifInLocation, limitExcept, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { list } from '../../../schema/setting.ts';
import { type AccessLog, combinedLog, type LogFormat, readAccessLog, readLogFormat } from './settings.ts';

/** The directives of ngx_http_log_module. */
export const httpLog = defineModule({
  name: 'ngx_http_log_module',
  settings: {
    logs: list<AccessLog>([combinedLog]),
    formats: list<LogFormat>(),
  },
  directives: {
    access_log: { in: http | server | location | ifInLocation | limitExcept, args: oneOrMore, value: { kind: 'grammar', grammar: 'access_log', file: 'prefix' }, repeat: 'yes', sets: 'logs', read: readAccessLog, default: ['logs/access.log combined'], since: '0.1.0', changes: [{ before: '1.3.10', args: take123 }], doc: 'en/docs/http/ngx_http_log_module.html#access_log' },
    log_format: { in: http, args: twoOrMore, value: { kind: 'grammar', grammar: 'log_format' }, repeat: 'yes-unique-name', sets: 'formats', read: readLogFormat, default: ['combined "..."'], since: '0.1.0', changes: [{ before: '1.7.8' }], doc: 'en/docs/http/ngx_http_log_module.html#log_format' },
    open_log_file_cache: { in: http | server | location, args: take1234, value: { kind: 'grammar', grammar: 'open_log_file_cache' }, repeat: 'no', default: ['off'], since: '0.7.4', doc: 'en/docs/http/ngx_http_log_module.html#open_log_file_cache' },
  },
});
