import { oneOrMore, take1, take12 } from '../../../schema/arity.ts';
import { http, ifInLocation, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_memcached_module. */
export const httpMemcached = defineModule({
  name: 'ngx_http_memcached_module',
  directives: {
    memcached_allow_upstream: { in: http | server | location, args: oneOrMore, value: { kind: 'predicates' }, since: '1.29.3', commercial: true, doc: 'en/docs/http/ngx_http_memcached_module.html#memcached_allow_upstream' },
    memcached_bind: { in: http | server | location, args: take12, value: { kind: 'bind', variables: true }, repeat: 'no', since: '0.8.22', changes: [{ before: '1.11.0', args: take1 }], doc: 'en/docs/http/ngx_http_memcached_module.html#memcached_bind' },
    memcached_bind_dynamic: { in: http | server | location, args: take1, value: { kind: 'flag' }, default: ['off'], since: '1.29.3', commercial: true, doc: 'en/docs/http/ngx_http_memcached_module.html#memcached_bind_dynamic' },
    memcached_buffer_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['4k|8k'], since: '0.3.12', doc: 'en/docs/http/ngx_http_memcached_module.html#memcached_buffer_size' },
    memcached_connect_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['60s'], since: '0.3.12', doc: 'en/docs/http/ngx_http_memcached_module.html#memcached_connect_timeout' },
    memcached_gzip_flag: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no', since: '1.3.6', doc: 'en/docs/http/ngx_http_memcached_module.html#memcached_gzip_flag' },
    memcached_next_upstream: { in: http | server | location, args: oneOrMore, value: { kind: 'bitmask', values: ['error', 'timeout', 'invalid_response', 'not_found', 'off'] }, repeat: 'accumulate', default: ['error timeout'], since: '0.3.12', doc: 'en/docs/http/ngx_http_memcached_module.html#memcached_next_upstream' },
    memcached_next_upstream_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['0'], since: '1.7.5', doc: 'en/docs/http/ngx_http_memcached_module.html#memcached_next_upstream_timeout' },
    memcached_next_upstream_tries: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no', default: ['0'], since: '1.7.5', doc: 'en/docs/http/ngx_http_memcached_module.html#memcached_next_upstream_tries' },
    memcached_pass: { in: location | ifInLocation, args: take1, value: { kind: 'address' }, repeat: 'no', merge: 'if', since: '0.3.12', doc: 'en/docs/http/ngx_http_memcached_module.html#memcached_pass' },
    memcached_read_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['60s'], since: '0.3.12', doc: 'en/docs/http/ngx_http_memcached_module.html#memcached_read_timeout' },
    memcached_send_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['60s'], since: '0.3.12', doc: 'en/docs/http/ngx_http_memcached_module.html#memcached_send_timeout' },
    memcached_socket_keepalive: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.15.6', doc: 'en/docs/http/ngx_http_memcached_module.html#memcached_socket_keepalive' },
    memcached_upstream_fail_timeout: { in: http | server | location, args: take1, value: { kind: 'custom' }, since: '0.3.12', until: '0.8.38' },
    memcached_upstream_max_fails: { in: http | server | location, args: take1, value: { kind: 'custom' }, since: '0.3.12', until: '0.8.38' },
  },
});
