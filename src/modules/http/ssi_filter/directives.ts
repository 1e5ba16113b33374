import { oneOrMore, take1 } from '../../../schema/arity.ts';
import { http, ifInLocation, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { list, value } from '../../../schema/setting.ts';
import { readWords } from '../../../schema/values/enum.ts';
import { readFlag } from '../../../schema/values/flag.ts';
import { readSize } from '../../../schema/values/size.ts';

/** The directives of ngx_http_ssi_filter_module. */
export const httpSsiFilter = defineModule({
  name: 'ngx_http_ssi_filter_module',
  settings: {
    enabled: value(false),
    lastModified: value(false),
    silentErrors: value(false),
    types: list<readonly string[]>(),
    valueLength: value(255),
  },
  directives: {
    ssi: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '0.1.0', doc: 'en/docs/http/ngx_http_ssi_module.html#ssi', sets: 'enabled', read: readFlag },
    ssi_ignore_recycled_buffers: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', since: '0.1.29' },
    ssi_last_modified: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.5.1', doc: 'en/docs/http/ngx_http_ssi_module.html#ssi_last_modified', sets: 'lastModified', read: readFlag },
    ssi_min_file_chunk: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['1k'], since: '0.1.23', doc: 'en/docs/http/ngx_http_ssi_module.html#ssi_min_file_chunk' },
    ssi_silent_errors: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '0.1.23', doc: 'en/docs/http/ngx_http_ssi_module.html#ssi_silent_errors', sets: 'silentErrors', read: readFlag },
    ssi_types: { in: http | server | location, args: oneOrMore, value: { kind: 'mime-types' }, repeat: 'accumulate', merge: 'list', default: ['text/html'], since: '0.1.38', doc: 'en/docs/http/ngx_http_ssi_module.html#ssi_types', sets: 'types', read: readWords },
    ssi_value_length: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['255'], since: '0.3.16', doc: 'en/docs/http/ngx_http_ssi_module.html#ssi_value_length', sets: 'valueLength', read: readSize },
  },
});
