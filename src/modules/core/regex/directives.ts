import { take1 } from '../../../schema/arity.ts';
import { main } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_regex_module. */
export const regex = defineModule({
  name: 'ngx_regex_module',
  directives: {
    pcre_jit: { in: main, args: take1, value: { kind: 'flag' }, repeat: 'no', merge: 'own', default: ['off'], since: '1.1.12', doc: 'en/docs/ngx_core_module.html#pcre_jit' },
  },
});
