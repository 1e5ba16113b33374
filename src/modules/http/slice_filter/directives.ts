import { take1 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { value } from '../../../schema/setting.ts';
import { readSize } from '../../../schema/values/size.ts';

/** The directives of ngx_http_slice_filter_module. */
export const httpSliceFilter = defineModule({
  name: 'ngx_http_slice_filter_module',
  settings: { size: value(0) },
  directives: {
    slice: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['0'], since: '1.9.8', doc: 'en/docs/http/ngx_http_slice_module.html#slice', sets: 'size', read: readSize },
  },
});
