import { oneOrMore, take1, take123 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_dav_module. */
export const httpDav = defineModule({
  name: 'ngx_http_dav_module',
  directives: {
    create_full_put_path: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '0.3.40', doc: 'en/docs/http/ngx_http_dav_module.html#create_full_put_path' },
    dav_access: { in: http | server | location, args: take123, value: { kind: 'access' }, repeat: 'no', default: ['user:rw'], since: '0.3.56', doc: 'en/docs/http/ngx_http_dav_module.html#dav_access' },
    dav_methods: { in: http | server | location, args: oneOrMore, value: { kind: 'bitmask', values: ['off', 'put', 'delete', 'mkcol', 'copy', 'move'] }, repeat: 'accumulate', default: ['off'], since: '0.3.38', doc: 'en/docs/http/ngx_http_dav_module.html#dav_methods' },
    min_delete_depth: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no', default: ['0'], since: '0.6.25', doc: 'en/docs/http/ngx_http_dav_module.html#min_delete_depth' },
  },
});
