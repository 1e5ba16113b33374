import { take12 } from '../../../schema/arity.ts';
import { http } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_num_map_module. */
export const httpNumMap = defineModule({
  name: 'ngx_http_num_map_module',
  directives: {
    num_map: { in: http, args: take12, block: { data: 'num_map' }, value: { kind: 'custom' }, since: '1.29.3', commercial: true, doc: 'en/docs/http/ngx_http_num_map_module.html#num_map' },
  },
});
