import { take1 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_slice_filter_module. */
export const httpSliceFilter = defineModule({
  name: 'ngx_http_slice_filter_module',
  directives: {
    slice: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['0'], since: '1.9.8', doc: 'en/docs/http/ngx_http_slice_module.html#slice' },
  },
});
