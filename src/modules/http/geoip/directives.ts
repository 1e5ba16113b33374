import { take1, take12 } from '../../../schema/arity.ts';
import { http } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_geoip_module. */
export const httpGeoip = defineModule({
  name: 'ngx_http_geoip_module',
  directives: {
    geoip_city: { in: http, args: take12, value: { kind: 'custom', file: 'cwd' }, repeat: 'no', merge: 'own', since: '0.7.63', doc: 'en/docs/http/ngx_http_geoip_module.html#geoip_city' },
    geoip_country: { in: http, args: take12, value: { kind: 'custom', file: 'cwd' }, repeat: 'no', merge: 'own', since: '0.7.63', doc: 'en/docs/http/ngx_http_geoip_module.html#geoip_country' },
    geoip_org: { in: http, args: take12, value: { kind: 'custom', file: 'cwd' }, repeat: 'no', merge: 'own', since: '1.1.0', doc: 'en/docs/http/ngx_http_geoip_module.html#geoip_org' },
    geoip_proxy: { in: http, args: take1, value: { kind: 'custom' }, repeat: 'yes', merge: 'own', since: '1.3.0', doc: 'en/docs/http/ngx_http_geoip_module.html#geoip_proxy' },
    geoip_proxy_recursive: { in: http, args: take1, value: { kind: 'flag' }, repeat: 'no', merge: 'own', default: ['off'], since: '1.3.0', doc: 'en/docs/http/ngx_http_geoip_module.html#geoip_proxy_recursive' },
  },
});
