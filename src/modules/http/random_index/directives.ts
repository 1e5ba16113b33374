import { take1 } from '../../../schema/arity.ts';
import { location } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { value } from '../../../schema/setting.ts';
import { readFlag } from '../../../schema/values/flag.ts';

/** The directives of ngx_http_random_index_module. */
export const httpRandomIndex = defineModule({
  name: 'ngx_http_random_index_module',
  settings: { enabled: value(false) },
  directives: {
    random_index: { in: location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], sets: 'enabled', read: readFlag, since: '0.7.15', doc: 'en/docs/http/ngx_http_random_index_module.html#random_index' },
  },
});
