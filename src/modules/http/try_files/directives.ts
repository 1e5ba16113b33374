import { twoOrMore } from '../../../schema/arity.ts';
import { location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { ownList } from '../../../schema/setting.ts';

/** The directives of ngx_http_try_files_module. */
export const httpTryFiles = defineModule({
  name: 'ngx_http_try_files_module',
  settings: { files: ownList<readonly string[]>() },
  directives: {
    try_files: { in: server | location, args: twoOrMore, value: { kind: 'grammar', grammar: 'try_files' }, repeat: 'no', sets: 'files', read: (args) => args, since: '0.6.36', doc: 'en/docs/http/ngx_http_core_module.html#try_files' },
  },
});
