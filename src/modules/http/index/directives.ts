import { oneOrMore, take3 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { list } from '../../../schema/setting.ts';

/** The directives of ngx_http_index_module. */
export const httpIndex = defineModule({
  name: 'ngx_http_index_module',
  settings: { names: list<readonly string[]>([['index.html']]) },
  directives: {
    index: { in: http | server | location, args: oneOrMore, value: { kind: 'file-list', variables: true }, repeat: 'yes', sets: 'names', read: (args) => args, default: ['index.html'], since: '0.1.0', doc: 'en/docs/http/ngx_http_index_module.html#index' },
    index_cache: { in: http | server | location, args: take3, value: { kind: 'custom' }, since: '0.1.0', until: '0.6.10' },
  },
});
