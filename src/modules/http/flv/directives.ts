import { none } from '../../../schema/arity.ts';
import { location } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_flv_module. */
export const httpFlv = defineModule({
  name: 'ngx_http_flv_module',
  directives: {
    flv: { in: location, args: none, value: { kind: 'none' }, repeat: 'idempotent', merge: 'if', since: '0.4.7', doc: 'en/docs/http/ngx_http_flv_module.html#flv' },
  },
});
