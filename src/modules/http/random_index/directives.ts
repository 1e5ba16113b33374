import { take1 } from '../../../schema/arity.ts';
import { location } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_random_index_module. */
export const httpRandomIndex = defineModule({
  name: 'ngx_http_random_index_module',
  directives: {
    random_index: { in: location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '0.7.15', doc: 'en/docs/http/ngx_http_random_index_module.html#random_index' },
  },
});
