import { anyNumber, take1 } from '../../../schema/arity.ts';
import { http, limitExcept, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_auth_ldap_module (auth-ldap). */
export const httpAuthLdap = defineModule({
  name: 'ngx_http_auth_ldap_module',
  package: 'auth-ldap',
  directives: {
    auth_ldap: { in: http | server | location | limitExcept, args: take1, value: { kind: 'custom' } },
    auth_ldap_cache_enabled: { in: http, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    auth_ldap_cache_expiration_time: { in: http, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    auth_ldap_cache_size: { in: http, args: take1, value: { kind: 'size' }, repeat: 'no' },
    auth_ldap_servers: { in: http | server | location | limitExcept, args: anyNumber, value: { kind: 'custom' } },
    auth_ldap_servers_size: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    ldap_server: { in: http, args: take1, block: { data: 'ldap_server' }, value: { kind: 'custom' } },
  },
});
