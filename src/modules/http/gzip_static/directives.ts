import { take1 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_gzip_static_module. */
export const httpGzipStatic = defineModule({
  name: 'ngx_http_gzip_static_module',
  directives: {
    gzip_static: { in: http | server | location, args: take1, value: { kind: 'enum', values: ['off', 'on', 'always'] }, repeat: 'no', default: ['off'], since: '0.6.23', doc: 'en/docs/http/ngx_http_gzip_static_module.html#gzip_static' },
  },
});
