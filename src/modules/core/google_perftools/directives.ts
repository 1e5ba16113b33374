import { take1 } from '../../../schema/arity.ts';
import { main } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_google_perftools_module. */
export const googlePerftools = defineModule({
  name: 'ngx_google_perftools_module',
  directives: {
    google_perftools_profiles: { in: main, args: take1, value: { kind: 'string', file: 'cwd' }, repeat: 'no', merge: 'own', since: '0.6.29', doc: 'en/docs/ngx_google_perftools_module.html#google_perftools_profiles' },
  },
});
