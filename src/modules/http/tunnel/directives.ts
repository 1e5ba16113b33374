import { from, oneOrMore, take1, take12 } from '../../../schema/arity.ts';
import { http, ifInLocation, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_tunnel_module. */
export const httpTunnel = defineModule({
  name: 'ngx_http_tunnel_module',
  directives: {
    tunnel_allow_upstream: { in: http | server | location, args: oneOrMore, value: { kind: 'predicates' }, since: '1.31.0', commercial: true, doc: 'en/docs/http/ngx_http_tunnel_module.html#tunnel_allow_upstream' },
    tunnel_bind: { in: http | server | location, args: take12, value: { kind: 'bind', variables: true }, repeat: 'no', since: '1.31.0', doc: 'en/docs/http/ngx_http_tunnel_module.html#tunnel_bind' },
    tunnel_bind_dynamic: { in: http | server | location, args: take1, value: { kind: 'flag' }, default: ['off'], since: '1.31.0', commercial: true, doc: 'en/docs/http/ngx_http_tunnel_module.html#tunnel_bind_dynamic' },
    tunnel_buffer_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['4k|8k'], since: '1.31.0', doc: 'en/docs/http/ngx_http_tunnel_module.html#tunnel_buffer_size' },
    tunnel_connect_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['60s'], since: '1.31.0', doc: 'en/docs/http/ngx_http_tunnel_module.html#tunnel_connect_timeout' },
    tunnel_next_upstream: { in: http | server | location, args: oneOrMore, value: { kind: 'bitmask', values: ['error', 'timeout', 'off'] }, repeat: 'accumulate', default: ['error timeout'], since: '1.31.0', doc: 'en/docs/http/ngx_http_tunnel_module.html#tunnel_next_upstream' },
    tunnel_next_upstream_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['0'], since: '1.31.0', doc: 'en/docs/http/ngx_http_tunnel_module.html#tunnel_next_upstream_timeout' },
    tunnel_next_upstream_tries: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no', default: ['0'], since: '1.31.0', doc: 'en/docs/http/ngx_http_tunnel_module.html#tunnel_next_upstream_tries' },
    tunnel_pass: { in: server | location | ifInLocation, args: from(0, 1), value: { kind: 'address', variables: true }, repeat: 'no', merge: 'if-limit_except', since: '1.31.0', doc: 'en/docs/http/ngx_http_tunnel_module.html#tunnel_pass' },
    tunnel_read_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['60s'], since: '1.31.0', doc: 'en/docs/http/ngx_http_tunnel_module.html#tunnel_read_timeout' },
    tunnel_send_lowat: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['0'], since: '1.31.0', doc: 'en/docs/http/ngx_http_tunnel_module.html#tunnel_send_lowat' },
    tunnel_send_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['60s'], since: '1.31.0', doc: 'en/docs/http/ngx_http_tunnel_module.html#tunnel_send_timeout' },
    tunnel_socket_keepalive: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.31.0', doc: 'en/docs/http/ngx_http_tunnel_module.html#tunnel_socket_keepalive' },
    tunnel_socket_rcvbuf: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', since: '1.31.3', doc: 'en/docs/http/ngx_http_tunnel_module.html#tunnel_socket_rcvbuf' },
    tunnel_socket_sndbuf: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', since: '1.31.3', doc: 'en/docs/http/ngx_http_tunnel_module.html#tunnel_socket_sndbuf' },
  },
});
