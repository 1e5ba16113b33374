import { oneOrMore } from '../../../schema/arity.ts';
import { http, limitExcept, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_auth_require_module. */
export const httpAuthRequire = defineModule({
  name: 'ngx_http_auth_require_module',
  directives: {
    auth_require: { in: http | server | location | limitExcept, args: oneOrMore, value: { kind: 'custom' }, default: ['off'], since: '1.29.0', commercial: true, doc: 'en/docs/http/ngx_http_auth_require_module.html#auth_require' },
  },
});
