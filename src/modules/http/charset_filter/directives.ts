import { oneOrMore, take1, take2 } from '../../../schema/arity.ts';
import { http, ifInLocation, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { list, value } from '../../../schema/setting.ts';
import { readWord, readWords } from '../../../schema/values/enum.ts';
import { readFlag } from '../../../schema/values/flag.ts';
import { type CharsetMap, readCharsetMap } from './settings.ts';

/** The directives of ngx_http_charset_filter_module. */
export const httpCharsetFilter = defineModule({
  name: 'ngx_http_charset_filter_module',
  settings: {
    charset: value('off'),
    maps: list<CharsetMap>(),
    types: list<readonly string[]>(),
    override: value(false),
    source: value(''),
  },
  directives: {
    charset: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'charset', variables: true }, repeat: 'no', default: ['off'], since: '0.1.0', doc: 'en/docs/http/ngx_http_charset_module.html#charset', sets: 'charset', read: readWord },
    charset_map: { in: http, args: take2, block: { data: 'charset_map' }, value: { kind: 'custom' }, repeat: 'yes-unique-name', since: '0.1.0', doc: 'en/docs/http/ngx_http_charset_module.html#charset_map', sets: 'maps', read: readCharsetMap },
    charset_types: { in: http | server | location, args: oneOrMore, value: { kind: 'mime-types' }, repeat: 'accumulate', default: ['text/html text/xml text/plain text/vnd.wap.wml application/javascript application/rss+xml'], since: '0.7.9', doc: 'en/docs/http/ngx_http_charset_module.html#charset_types', sets: 'types', read: readWords },
    override_charset: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '0.3.39', doc: 'en/docs/http/ngx_http_charset_module.html#override_charset', sets: 'override', read: readFlag },
    source_charset: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'charset', variables: true }, repeat: 'no', since: '0.1.0', doc: 'en/docs/http/ngx_http_charset_module.html#source_charset', sets: 'source', read: readWord },
  },
});
