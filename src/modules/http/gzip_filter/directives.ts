import { oneOrMore, take1, take2 } from '../../../schema/arity.ts';
import { http, ifInLocation, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { list, value } from '../../../schema/setting.ts';
import { readWords } from '../../../schema/values/enum.ts';
import { readFlag } from '../../../schema/values/flag.ts';
import { readNumber } from '../../../schema/values/number.ts';
import { readSize } from '../../../schema/values/size.ts';

/** The directives of ngx_http_gzip_filter_module. */
export const httpGzipFilter = defineModule({
  name: 'ngx_http_gzip_filter_module',
  settings: {
    enabled: value(false),
    level: value(1),
    minLength: value(20),
    /** In bytes, as the window. */
    hash: value(65_536),
    window: value(32_768),
    types: list<readonly string[]>(),
  },
  directives: {
    gzip: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '0.1.0', doc: 'en/docs/http/ngx_http_gzip_module.html#gzip', sets: 'enabled', read: readFlag },
    gzip_buffers: { in: http | server | location, args: take2, value: { kind: 'bufs' }, repeat: 'no', default: ['32 4k|16 8k'], since: '0.1.0', doc: 'en/docs/http/ngx_http_gzip_module.html#gzip_buffers' },
    gzip_comp_level: { in: http | server | location, args: take1, value: { kind: 'number', min: 1, max: 9 }, repeat: 'no', default: ['1'], since: '0.1.0', doc: 'en/docs/http/ngx_http_gzip_module.html#gzip_comp_level', sets: 'level', read: readNumber },
    gzip_hash: { in: http | server | location, args: take1, value: { kind: 'size', values: ['512', '1k', '2k', '4k', '8k', '16k', '32k', '64k', '128k'] }, repeat: 'no', since: '0.1.0', sets: 'hash', read: readSize },
    gzip_min_length: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['20'], since: '0.1.0', doc: 'en/docs/http/ngx_http_gzip_module.html#gzip_min_length', sets: 'minLength', read: readSize },
    gzip_no_buffer: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', since: '0.1.0' },
    gzip_types: { in: http | server | location, args: oneOrMore, value: { kind: 'mime-types' }, repeat: 'accumulate', default: ['text/html'], since: '0.1.1', doc: 'en/docs/http/ngx_http_gzip_module.html#gzip_types', sets: 'types', read: readWords },
    gzip_window: { in: http | server | location, args: take1, value: { kind: 'size', values: ['512', '1k', '2k', '4k', '8k', '16k', '32k'] }, repeat: 'no', since: '0.1.0', sets: 'window', read: readSize },
    postpone_gzipping: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', since: '0.7.39' },
  },
});
