import { oneOrMore, take1, take2 } from '../../../schema/arity.ts';
import { http, ifInLocation, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_charset_filter_module. */
export const httpCharsetFilter = defineModule({
  name: 'ngx_http_charset_filter_module',
  directives: {
    charset: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'charset', variables: true }, repeat: 'no', default: ['off'], since: '0.1.0', doc: 'en/docs/http/ngx_http_charset_module.html#charset' },
    charset_map: { in: http, args: take2, block: { data: 'charset_map' }, value: { kind: 'custom' }, repeat: 'yes-unique-name', merge: 'own', since: '0.1.0', doc: 'en/docs/http/ngx_http_charset_module.html#charset_map' },
    charset_types: { in: http | server | location, args: oneOrMore, value: { kind: 'mime-types' }, repeat: 'accumulate', merge: 'list', default: ['text/html text/xml text/plain text/vnd.wap.wml application/javascript application/rss+xml'], since: '0.7.9', doc: 'en/docs/http/ngx_http_charset_module.html#charset_types' },
    override_charset: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '0.3.39', doc: 'en/docs/http/ngx_http_charset_module.html#override_charset' },
    source_charset: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'charset', variables: true }, repeat: 'no', since: '0.1.0', doc: 'en/docs/http/ngx_http_charset_module.html#source_charset' },
  },
});
