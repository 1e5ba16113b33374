import { take2 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_copy_filter_module. */
export const httpCopyFilter = defineModule({
  name: 'ngx_http_copy_filter_module',
  directives: {
    output_buffers: { in: http | server | location, args: take2, value: { kind: 'bufs' }, repeat: 'no', default: ['2 32k'], since: '0.1.0', doc: 'en/docs/http/ngx_http_core_module.html#output_buffers' },
  },
});
