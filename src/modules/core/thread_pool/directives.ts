import { take23 } from '../../../schema/arity.ts';
import { main } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_thread_pool_module. */
export const threadPool = defineModule({
  name: 'ngx_thread_pool_module',
  directives: {
    thread_pool: { in: main, args: take23, value: { kind: 'grammar', grammar: 'thread_pool' }, repeat: 'yes-unique-name', merge: 'own', default: ['default threads=32 max_queue=65536'], since: '1.7.11', doc: 'en/docs/ngx_core_module.html#thread_pool' },
  },
});
