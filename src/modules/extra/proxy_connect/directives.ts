import { none, oneOrMore, take1, take12 } from '../../../schema/arity.ts';
import { http, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_proxy_connect_module (proxy-connect). */
export const httpProxyConnect = defineModule({
  name: 'ngx_http_proxy_connect_module',
  package: 'proxy-connect',
  directives: {
    proxy_connect: { in: server, args: none, value: { kind: 'custom' } },
    proxy_connect_address: { in: http | server, args: take1, value: { kind: 'complex' }, repeat: 'no' },
    proxy_connect_allow: { in: server, args: oneOrMore, value: { kind: 'custom' } },
    proxy_connect_bind: { in: http | server, args: take12, value: { kind: 'custom' } },
    proxy_connect_connect_timeout: { in: http | server, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    proxy_connect_data_timeout: { in: http | server, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    proxy_connect_read_timeout: { in: http | server, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    proxy_connect_response: { in: http | server, args: take1, value: { kind: 'complex' }, repeat: 'no' },
    proxy_connect_send_lowat: { in: http | server, args: take1, value: { kind: 'size' }, repeat: 'no' },
    proxy_connect_send_timeout: { in: http | server, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
  },
});
