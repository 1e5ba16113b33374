import { twoOrMore } from '../../../schema/arity.ts';
import { location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_try_files_module. */
export const httpTryFiles = defineModule({
  name: 'ngx_http_try_files_module',
  directives: {
    try_files: { in: server | location, args: twoOrMore, value: { kind: 'grammar', grammar: 'try_files' }, repeat: 'no', merge: 'own', since: '0.6.36', doc: 'en/docs/http/ngx_http_core_module.html#try_files' },
  },
});
