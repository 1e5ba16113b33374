import { none } from '../../../schema/arity.ts';
import { location } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { handlerOf } from '../../../schema/setting.ts';
import { present } from '../../../schema/values/enum.ts';

/** The directives of ngx_http_empty_gif_module. */
export const httpEmptyGif = defineModule({
  name: 'ngx_http_empty_gif_module',
  settings: {
    on: handlerOf<true>(),
  },
  directives: {
    empty_gif: { in: location, args: none, value: { kind: 'none' }, repeat: 'idempotent', merge: 'if', since: '0.3.10', doc: 'en/docs/http/ngx_http_empty_gif_module.html#empty_gif', sets: 'on', read: present },
  },
});
