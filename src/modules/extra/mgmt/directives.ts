import { from, none, oneOrMore, take1 } from '../../../schema/arity.ts';
import { main, mgmt } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_mgmt_module. */
export const mgmtModule = defineModule({
  name: 'ngx_mgmt_module',
  directives: {
    enforce_initial_report: { in: mgmt, args: take1, value: { kind: 'flag' }, default: ['on'], since: '1.27.2', commercial: true, doc: 'en/docs/ngx_mgmt_module.html#enforce_initial_report' },
    license_token: { in: mgmt, args: take1, value: { kind: 'path' }, default: ['license.jwt'], since: '1.27.2', commercial: true, doc: 'en/docs/ngx_mgmt_module.html#license_token' },
    mgmt: { in: main, args: none, block: { opens: mgmt }, value: { kind: 'none' }, commercial: true, doc: 'en/docs/ngx_mgmt_module.html#mgmt' },
    proxy: { in: mgmt, args: take1, value: { kind: 'custom' }, since: '1.27.4', commercial: true, doc: 'en/docs/ngx_mgmt_module.html#proxy' },
    proxy_password: { in: mgmt, args: take1, value: { kind: 'string' }, since: '1.27.4', commercial: true, doc: 'en/docs/ngx_mgmt_module.html#proxy_password' },
    proxy_username: { in: mgmt, args: take1, value: { kind: 'string' }, since: '1.27.4', commercial: true, doc: 'en/docs/ngx_mgmt_module.html#proxy_username' },
    resolver: { in: mgmt, args: oneOrMore, value: { kind: 'custom' }, commercial: true, doc: 'en/docs/ngx_mgmt_module.html#resolver' },
    ssl_crl: { in: mgmt, args: take1, value: { kind: 'path' }, commercial: true, doc: 'en/docs/ngx_mgmt_module.html#ssl_crl' },
    ssl_trusted_certificate: { in: mgmt, args: take1, value: { kind: 'path' }, default: ['system CA bundle'], commercial: true, doc: 'en/docs/ngx_mgmt_module.html#ssl_trusted_certificate' },
    ssl_verify: { in: mgmt, args: take1, value: { kind: 'flag' }, default: ['on'], commercial: true, doc: 'en/docs/ngx_mgmt_module.html#ssl_verify' },
    state_path: { in: mgmt, args: take1, value: { kind: 'path' }, since: '1.27.2', commercial: true, doc: 'en/docs/ngx_mgmt_module.html#state_path' },
    usage_report: { in: mgmt, args: from(0, 2), value: { kind: 'custom' }, default: ['endpoint=product.connect.nginx.com interval=1h'], commercial: true, doc: 'en/docs/ngx_mgmt_module.html#usage_report' },
  },
});
