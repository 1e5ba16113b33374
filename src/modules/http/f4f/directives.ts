import { none, take1 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_f4f_module. */
export const httpF4f = defineModule({
  name: 'ngx_http_f4f_module',
  directives: {
    f4f: { in: location, args: none, value: { kind: 'none' }, commercial: true, doc: 'en/docs/http/ngx_http_f4f_module.html#f4f' },
    f4f_buffer_size: { in: http | server | location, args: take1, value: { kind: 'size' }, default: ['512k'], commercial: true, doc: 'en/docs/http/ngx_http_f4f_module.html#f4f_buffer_size' },
  },
});
