import { take1 } from '../../../schema/arity.ts';
import { http, limitExcept, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_auth_pam_module (auth-pam). */
export const httpAuthPam = defineModule({
  name: 'ngx_http_auth_pam_module',
  package: 'auth-pam',
  directives: {
    auth_pam: { in: http | server | location | limitExcept, args: take1, value: { kind: 'string' }, repeat: 'no' },
    auth_pam_service_name: { in: http | server | location | limitExcept, args: take1, value: { kind: 'string' }, repeat: 'no' },
    auth_pam_set_pam_env: { in: http | server | location | limitExcept, args: take1, value: { kind: 'flag' }, repeat: 'no' },
  },
});
