import { take1, take12, take2, take3 } from '../../../schema/arity.ts';
import { http, ifInLocation, ifInServer, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_set_misc_module (set-misc). */
export const httpSetMisc = defineModule({
  name: 'ngx_http_set_misc_module',
  package: 'set-misc',
  directives: {
    set_base32_alphabet: { in: http | server | location | ifInServer | ifInLocation, args: take1, value: { kind: 'custom' } },
    set_base32_padding: { in: http | server | location | ifInServer | ifInLocation, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    set_decode_base32: { in: http | server | location | ifInServer | ifInLocation, args: take12, value: { kind: 'custom' } },
    set_decode_base64: { in: http | server | location | ifInServer | ifInLocation, args: take12, value: { kind: 'custom' } },
    set_decode_base64url: { in: http | server | location | ifInServer | ifInLocation, args: take12, value: { kind: 'custom' } },
    set_decode_hex: { in: http | server | location | ifInServer | ifInLocation, args: take12, value: { kind: 'custom' } },
    set_encode_base32: { in: http | server | location | ifInServer | ifInLocation, args: take12, value: { kind: 'custom' } },
    set_encode_base64: { in: http | server | location | ifInServer | ifInLocation, args: take12, value: { kind: 'custom' } },
    set_encode_base64url: { in: http | server | location | ifInServer | ifInLocation, args: take12, value: { kind: 'custom' } },
    set_encode_hex: { in: http | server | location | ifInServer | ifInLocation, args: take12, value: { kind: 'custom' } },
    set_escape_uri: { in: http | server | location | ifInServer | ifInLocation, args: take12, value: { kind: 'custom' } },
    set_formatted_gmt_time: { in: http | server | location | ifInServer | ifInLocation, args: take2, value: { kind: 'custom' } },
    set_formatted_local_time: { in: http | server | location | ifInServer | ifInLocation, args: take2, value: { kind: 'custom' } },
    set_hashed_upstream: { in: http | server | location | ifInServer | ifInLocation, args: take3, value: { kind: 'custom' } },
    set_hmac_sha1: { in: http | server | location | ifInServer | ifInLocation, args: take3, value: { kind: 'custom' } },
    set_hmac_sha256: { in: http | server | location | ifInServer | ifInLocation, args: take3, value: { kind: 'custom' } },
    set_if_empty: { in: http | server | location | ifInServer | ifInLocation, args: take2, value: { kind: 'custom' } },
    set_local_today: { in: http | server | location | ifInServer | ifInLocation, args: take1, value: { kind: 'custom' } },
    set_md5: { in: http | server | location | ifInServer | ifInLocation, args: take12, value: { kind: 'custom' } },
    set_misc_base32_padding: { in: http | server | location | ifInServer | ifInLocation, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    set_quote_json_str: { in: http | server | location | ifInServer | ifInLocation, args: take12, value: { kind: 'custom' } },
    set_quote_pgsql_str: { in: http | server | location | ifInServer | ifInLocation, args: take12, value: { kind: 'custom' } },
    set_quote_sql_str: { in: http | server | location | ifInServer | ifInLocation, args: take12, value: { kind: 'custom' } },
    set_random: { in: http | server | location | ifInServer | ifInLocation, args: take3, value: { kind: 'custom' } },
    set_rotate: { in: http | server | location | ifInServer | ifInLocation, args: take3, value: { kind: 'custom' } },
    set_secure_random_alphanum: { in: http | server | location | ifInServer | ifInLocation, args: take12, value: { kind: 'custom' } },
    set_secure_random_lcalpha: { in: http | server | location | ifInServer | ifInLocation, args: take12, value: { kind: 'custom' } },
    set_sha1: { in: http | server | location | ifInServer | ifInLocation, args: take12, value: { kind: 'custom' } },
    set_unescape_uri: { in: http | server | location | ifInServer | ifInLocation, args: take12, value: { kind: 'custom' } },
  },
});
