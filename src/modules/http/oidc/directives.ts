import { oneOrMore, take1 } from '../../../schema/arity.ts';
import { http, location, oidcProvider, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_oidc_module. */
export const httpOidc = defineModule({
  name: 'ngx_http_oidc_module',
  directives: {
    auth_oidc: { in: http | server | location, args: take1, value: { kind: 'custom' }, default: ['off'], since: '1.27.4', commercial: true, doc: 'en/docs/http/ngx_http_oidc_module.html#auth_oidc' },
    client_id: { in: oidcProvider, args: take1, value: { kind: 'string' }, since: '1.27.4', commercial: true, doc: 'en/docs/http/ngx_http_oidc_module.html#client_id' },
    client_secret: { in: oidcProvider, args: take1, value: { kind: 'string' }, since: '1.27.4', commercial: true, doc: 'en/docs/http/ngx_http_oidc_module.html#client_secret' },
    config_url: { in: oidcProvider, args: take1, value: { kind: 'url' }, default: ['<issuer>/.well-known/openid-configuration'], since: '1.27.4', commercial: true, doc: 'en/docs/http/ngx_http_oidc_module.html#config_url' },
    cookie_name: { in: oidcProvider, args: take1, value: { kind: 'string' }, default: ['NGX_OIDC_SESSION'], since: '1.27.4', commercial: true, doc: 'en/docs/http/ngx_http_oidc_module.html#cookie_name' },
    extra_auth_args: { in: oidcProvider, args: take1, value: { kind: 'string' }, since: '1.27.4', commercial: true, doc: 'en/docs/http/ngx_http_oidc_module.html#extra_auth_args' },
    frontchannel_logout_uri: { in: oidcProvider, args: take1, value: { kind: 'uri' }, since: '1.29.3', commercial: true, doc: 'en/docs/http/ngx_http_oidc_module.html#frontchannel_logout_uri' },
    issuer: { in: oidcProvider, args: take1, value: { kind: 'url' }, since: '1.27.4', commercial: true, doc: 'en/docs/http/ngx_http_oidc_module.html#issuer' },
    logout_token_hint: { in: oidcProvider, args: take1, value: { kind: 'flag' }, default: ['off'], since: '1.29.0', commercial: true, doc: 'en/docs/http/ngx_http_oidc_module.html#logout_token_hint' },
    logout_uri: { in: oidcProvider, args: take1, value: { kind: 'uri' }, since: '1.29.0', commercial: true, doc: 'en/docs/http/ngx_http_oidc_module.html#logout_uri' },
    oidc_provider: { in: http, args: take1, block: { opens: oidcProvider }, value: { kind: 'string' }, since: '1.27.4', commercial: true, doc: 'en/docs/http/ngx_http_oidc_module.html#oidc_provider' },
    pkce: { in: oidcProvider, args: take1, value: { kind: 'flag' }, since: '1.29.3', commercial: true, doc: 'en/docs/http/ngx_http_oidc_module.html#pkce' },
    post_logout_uri: { in: oidcProvider, args: take1, value: { kind: 'uri' }, since: '1.29.0', commercial: true, doc: 'en/docs/http/ngx_http_oidc_module.html#post_logout_uri' },
    redirect_uri: { in: oidcProvider, args: take1, value: { kind: 'uri' }, default: ['/oidc_callback'], since: '1.27.4', commercial: true, doc: 'en/docs/http/ngx_http_oidc_module.html#redirect_uri' },
    scope: { in: oidcProvider, args: oneOrMore, value: { kind: 'custom' }, default: ['openid'], since: '1.27.4', commercial: true, doc: 'en/docs/http/ngx_http_oidc_module.html#scope' },
    session_store: { in: oidcProvider, args: take1, value: { kind: 'string' }, since: '1.27.4', commercial: true, doc: 'en/docs/http/ngx_http_oidc_module.html#session_store' },
    session_timeout: { in: oidcProvider, args: take1, value: { kind: 'time' }, default: ['8h'], since: '1.27.4', commercial: true, doc: 'en/docs/http/ngx_http_oidc_module.html#session_timeout' },
    ssl_crl: { in: oidcProvider, args: take1, value: { kind: 'path' }, since: '1.27.4', commercial: true, doc: 'en/docs/http/ngx_http_oidc_module.html#ssl_crl' },
    ssl_trusted_certificate: { in: oidcProvider, args: take1, value: { kind: 'path' }, default: ['system CA bundle'], since: '1.27.4', commercial: true, doc: 'en/docs/http/ngx_http_oidc_module.html#ssl_trusted_certificate' },
    userinfo: { in: oidcProvider, args: take1, value: { kind: 'flag' }, default: ['off'], since: '1.29.0', commercial: true, doc: 'en/docs/http/ngx_http_oidc_module.html#userinfo' },
  },
});
