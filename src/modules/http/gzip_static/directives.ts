import { take1 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { value } from '../../../schema/setting.ts';
import { oneOf } from '../../../schema/values/enum.ts';

/** The directives of ngx_http_gzip_static_module. */
export const httpGzipStatic = defineModule({
  name: 'ngx_http_gzip_static_module',
  settings: {
    mode: value<'off' | 'on' | 'always'>('off'),
  },
  directives: {
    gzip_static: { in: http | server | location, args: take1, value: { kind: 'enum', values: ['off', 'on', 'always'] }, repeat: 'no', default: ['off'], since: '0.6.23', doc: 'en/docs/http/ngx_http_gzip_static_module.html#gzip_static', sets: 'mode', read: oneOf('off', 'on', 'always') },
  },
});
