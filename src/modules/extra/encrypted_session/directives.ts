import { take1, take12 } from '../../../schema/arity.ts';
import { http, ifInLocation, ifInServer, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_encrypted_session_module (encrypted-session). */
export const httpEncryptedSession = defineModule({
  name: 'ngx_http_encrypted_session_module',
  package: 'encrypted-session',
  directives: {
    encrypted_session_expires: { in: http | server | location | ifInServer | ifInLocation, args: take1, value: { kind: 'custom' } },
    encrypted_session_iv: { in: http | server | location | ifInServer | ifInLocation, args: take1, value: { kind: 'custom' } },
    encrypted_session_key: { in: http | server | location | ifInServer | ifInLocation, args: take1, value: { kind: 'custom' } },
    set_decrypt_session: { in: http | server | location | ifInServer | ifInLocation, args: take12, value: { kind: 'custom' } },
    set_encrypt_session: { in: http | server | location | ifInServer | ifInLocation, args: take12, value: { kind: 'custom' } },
  },
});
