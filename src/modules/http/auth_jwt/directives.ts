import { oneOrMore, take1, take12, twoOrMore } from '../../../schema/arity.ts';
import { http, limitExcept, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_auth_jwt_module. */
export const httpAuthJwt = defineModule({
  name: 'ngx_http_auth_jwt_module',
  directives: {
    auth_jwt: { in: http | server | location | limitExcept, args: take12, value: { kind: 'custom' }, default: ['off'], since: '1.11.3', commercial: true, doc: 'en/docs/http/ngx_http_auth_jwt_module.html#auth_jwt' },
    auth_jwt_claim_set: { in: http, args: twoOrMore, value: { kind: 'custom' }, since: '1.11.10', commercial: true, doc: 'en/docs/http/ngx_http_auth_jwt_module.html#auth_jwt_claim_set' },
    auth_jwt_header_set: { in: http, args: twoOrMore, value: { kind: 'custom' }, since: '1.11.10', commercial: true, doc: 'en/docs/http/ngx_http_auth_jwt_module.html#auth_jwt_header_set' },
    auth_jwt_key_cache: { in: http | server | location, args: take1, value: { kind: 'time' }, default: ['0'], since: '1.21.4', commercial: true, doc: 'en/docs/http/ngx_http_auth_jwt_module.html#auth_jwt_key_cache' },
    auth_jwt_key_file: { in: http | server | location | limitExcept, args: take1, value: { kind: 'path' }, since: '1.11.3', commercial: true, doc: 'en/docs/http/ngx_http_auth_jwt_module.html#auth_jwt_key_file' },
    auth_jwt_key_request: { in: http | server | location | limitExcept, args: take1, value: { kind: 'uri' }, since: '1.15.6', commercial: true, doc: 'en/docs/http/ngx_http_auth_jwt_module.html#auth_jwt_key_request' },
    auth_jwt_leeway: { in: http | server | location, args: take1, value: { kind: 'time' }, default: ['0s'], since: '1.13.10', commercial: true, doc: 'en/docs/http/ngx_http_auth_jwt_module.html#auth_jwt_leeway' },
    auth_jwt_require: { in: http | server | location | limitExcept, args: oneOrMore, value: { kind: 'custom' }, since: '1.21.2', commercial: true, doc: 'en/docs/http/ngx_http_auth_jwt_module.html#auth_jwt_require' },
    auth_jwt_type: { in: http | server | location | limitExcept, args: take1, value: { kind: 'enum', values: ['signed', 'encrypted', 'nested'] }, default: ['signed'], since: '1.19.7', commercial: true, doc: 'en/docs/http/ngx_http_auth_jwt_module.html#auth_jwt_type' },
  },
});
