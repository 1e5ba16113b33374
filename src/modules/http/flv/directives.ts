import { none } from '../../../schema/arity.ts';
import { location } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { handlerOf } from '../../../schema/setting.ts';
import { present } from '../../../schema/values/enum.ts';

/** The directives of ngx_http_flv_module. */
export const httpFlv = defineModule({
  name: 'ngx_http_flv_module',
  settings: { enabled: handlerOf<true>() },
  directives: {
    flv: { in: location, args: none, value: { kind: 'none' }, repeat: 'idempotent', sets: 'enabled', read: present, since: '0.4.7', doc: 'en/docs/http/ngx_http_flv_module.html#flv' },
  },
});
