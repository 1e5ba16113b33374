import { take1 } from '../../../schema/arity.ts';
import { main } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_openssl_cache_module. */
export const opensslCache = defineModule({
  name: 'ngx_openssl_cache_module',
  directives: {
    ssl_object_cache_inheritable: { in: main, args: take1, value: { kind: 'flag' }, repeat: 'no', merge: 'own', default: ['on'], since: '1.27.4', doc: 'en/docs/ngx_core_module.html#ssl_object_cache_inheritable' },
  },
});
