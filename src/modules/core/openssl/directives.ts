import { take1 } from '../../../schema/arity.ts';
import { main } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_openssl_module. */
export const openssl = defineModule({
  name: 'ngx_openssl_module',
  directives: {
    ssl_engine: { in: main, args: take1, value: { kind: 'custom' }, repeat: 'no', merge: 'own', since: '0.1.45', doc: 'en/docs/ngx_core_module.html#ssl_engine' },
  },
});
