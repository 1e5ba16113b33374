import { take1 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { value } from '../../../schema/setting.ts';
import { oneOf } from '../../../schema/values/enum.ts';
import { readFlag } from '../../../schema/values/flag.ts';

/** The directives of ngx_http_autoindex_module. */
export const httpAutoindex = defineModule({
  name: 'ngx_http_autoindex_module',
  settings: {
    enabled: value(false),
    exactSize: value(true),
    format: value<'html' | 'json' | 'jsonp' | 'xml'>('html'),
    localTime: value(false),
  },
  directives: {
    autoindex: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], sets: 'enabled', read: readFlag, since: '0.1.3', doc: 'en/docs/http/ngx_http_autoindex_module.html#autoindex' },
    autoindex_exact_size: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['on'], sets: 'exactSize', read: readFlag, since: '0.1.38', doc: 'en/docs/http/ngx_http_autoindex_module.html#autoindex_exact_size' },
    autoindex_format: { in: http | server | location, args: take1, value: { kind: 'enum', values: ['html', 'json', 'jsonp', 'xml'] }, repeat: 'no', default: ['html'], sets: 'format', read: oneOf('html', 'json', 'jsonp', 'xml'), since: '1.7.9', doc: 'en/docs/http/ngx_http_autoindex_module.html#autoindex_format' },
    autoindex_localtime: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], sets: 'localTime', read: readFlag, since: '0.1.34', doc: 'en/docs/http/ngx_http_autoindex_module.html#autoindex_localtime' },
  },
});
