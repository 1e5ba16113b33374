import { none, oneOrMore, take1, take12, take2 } from '../../../schema/arity.ts';
import { acmeIssuer, http, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_acme_module. */
export const httpAcme = defineModule({
  name: 'ngx_http_acme_module',
  directives: {
    accept_terms_of_service: { in: acmeIssuer, args: none, value: { kind: 'custom' }, doc: 'en/docs/http/ngx_http_acme_module.html#accept_terms_of_service' },
    account_key: { in: acmeIssuer, args: take1, value: { kind: 'custom' }, doc: 'en/docs/http/ngx_http_acme_module.html#account_key' },
    acme_certificate: { in: server, args: oneOrMore, value: { kind: 'custom' }, doc: 'en/docs/http/ngx_http_acme_module.html#acme_certificate' },
    acme_issuer: { in: http, args: take1, block: { opens: acmeIssuer }, value: { kind: 'custom' }, doc: 'en/docs/http/ngx_http_acme_module.html#acme_issuer' },
    acme_shared_zone: { in: http, args: take1, value: { kind: 'custom' }, default: ['zone=ngx_acme_shared:256k'], doc: 'en/docs/http/ngx_http_acme_module.html#acme_shared_zone' },
    challenge: { in: acmeIssuer, args: take1, value: { kind: 'custom' }, default: ['http-01'], since: '0.2.0', doc: 'en/docs/http/ngx_http_acme_module.html#challenge' },
    common_name_in_csr: { in: acmeIssuer, args: take1, value: { kind: 'custom' }, default: ['off'], since: '0.4.0', doc: 'en/docs/http/ngx_http_acme_module.html#common_name_in_csr' },
    contact: { in: acmeIssuer, args: take1, value: { kind: 'custom' }, doc: 'en/docs/http/ngx_http_acme_module.html#contact' },
    external_account_key: { in: acmeIssuer, args: take2, value: { kind: 'custom' }, since: '0.2.0', doc: 'en/docs/http/ngx_http_acme_module.html#external_account_key' },
    preferred_chain: { in: acmeIssuer, args: take1, value: { kind: 'custom' }, since: '0.3.0', doc: 'en/docs/http/ngx_http_acme_module.html#preferred_chain' },
    profile: { in: acmeIssuer, args: take12, value: { kind: 'custom' }, since: '0.3.0', doc: 'en/docs/http/ngx_http_acme_module.html#profile' },
    ssl_trusted_certificate: { in: acmeIssuer, args: take1, value: { kind: 'custom' }, doc: 'en/docs/http/ngx_http_acme_module.html#ssl_trusted_certificate' },
    ssl_verify: { in: acmeIssuer, args: take1, value: { kind: 'custom' }, default: ['on'], doc: 'en/docs/http/ngx_http_acme_module.html#ssl_verify' },
    state_path: { in: acmeIssuer, args: take1, value: { kind: 'custom' }, default: ['acme_<issuer>'], doc: 'en/docs/http/ngx_http_acme_module.html#state_path' },
    uri: { in: acmeIssuer, args: take1, value: { kind: 'custom' }, doc: 'en/docs/http/ngx_http_acme_module.html#uri' },
  },
});
