import { take1 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_autoindex_module. */
export const httpAutoindex = defineModule({
  name: 'ngx_http_autoindex_module',
  directives: {
    autoindex: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '0.1.3', doc: 'en/docs/http/ngx_http_autoindex_module.html#autoindex' },
    autoindex_exact_size: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['on'], since: '0.1.38', doc: 'en/docs/http/ngx_http_autoindex_module.html#autoindex_exact_size' },
    autoindex_format: { in: http | server | location, args: take1, value: { kind: 'enum', values: ['html', 'json', 'jsonp', 'xml'] }, repeat: 'no', default: ['html'], since: '1.7.9', doc: 'en/docs/http/ngx_http_autoindex_module.html#autoindex_format' },
    autoindex_localtime: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '0.1.34', doc: 'en/docs/http/ngx_http_autoindex_module.html#autoindex_localtime' },
  },
});
