import { take1 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_realip_module. */
export const httpRealip = defineModule({
  name: 'ngx_http_realip_module',
  directives: {
    real_ip_header: { in: http | server | location, args: take1, value: { kind: 'header-name', values: ['X-Real-IP', 'X-Forwarded-For', 'proxy_protocol'], open: true }, repeat: 'no', default: ['X-Real-IP'], since: '0.3.8', doc: 'en/docs/http/ngx_http_realip_module.html#real_ip_header' },
    real_ip_recursive: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.3.0', doc: 'en/docs/http/ngx_http_realip_module.html#real_ip_recursive' },
    set_real_ip_from: { in: http | server | location, args: take1, value: { kind: 'cidr', values: ['unix:'], hostname: true }, repeat: 'yes', merge: 'list', since: '0.3.8', doc: 'en/docs/http/ngx_http_realip_module.html#set_real_ip_from' },
  },
});
