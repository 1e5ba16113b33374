import { oneOrMore, take1, take12 } from '../../../schema/arity.ts';
import { http, ifInLocation, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { handlerOf, list, value } from '../../../schema/setting.ts';
import { readWord } from '../../../schema/values/enum.ts';
import { type Bind, type NextUpstream, readBind, readMemcachedNextUpstream } from '../../../schema/values/gateway.ts';
import { readNumber } from '../../../schema/values/number.ts';
import { readSize } from '../../../schema/values/size.ts';
import { readTime } from '../../../schema/values/time.ts';

/** The directives of ngx_http_memcached_module. */
export const httpMemcached = defineModule({
  name: 'ngx_http_memcached_module',
  settings: {
    bind: value<Bind | null | undefined>(undefined),
    bufferSize: value(4096),
    connectTimeout: value(60_000),
    gzipFlag: value(0),
    nextUpstream: list<readonly NextUpstream[]>([['error', 'timeout']]),
    nextUpstreamTimeout: value(0),
    nextUpstreamTries: value(0),
    pass: handlerOf<string>(),
    readTimeout: value(60_000),
    sendTimeout: value(60_000),
  },
  directives: {
    memcached_allow_upstream: { in: http | server | location, args: oneOrMore, value: { kind: 'predicates' }, since: '1.29.3', commercial: true, doc: 'en/docs/http/ngx_http_memcached_module.html#memcached_allow_upstream' },
    memcached_bind: { in: http | server | location, args: take12, value: { kind: 'bind', variables: true }, repeat: 'no', since: '0.8.22', changes: [{ before: '1.11.0', args: take1 }], doc: 'en/docs/http/ngx_http_memcached_module.html#memcached_bind', sets: 'bind', read: readBind },
    memcached_bind_dynamic: { in: http | server | location, args: take1, value: { kind: 'flag' }, default: ['off'], since: '1.29.3', commercial: true, doc: 'en/docs/http/ngx_http_memcached_module.html#memcached_bind_dynamic' },
    memcached_buffer_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['4k|8k'], since: '0.3.12', doc: 'en/docs/http/ngx_http_memcached_module.html#memcached_buffer_size', sets: 'bufferSize', read: readSize },
    memcached_connect_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['60s'], since: '0.3.12', doc: 'en/docs/http/ngx_http_memcached_module.html#memcached_connect_timeout', sets: 'connectTimeout', read: readTime },
    memcached_gzip_flag: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no', since: '1.3.6', doc: 'en/docs/http/ngx_http_memcached_module.html#memcached_gzip_flag', sets: 'gzipFlag', read: readNumber },
    memcached_next_upstream: { in: http | server | location, args: oneOrMore, value: { kind: 'bitmask', values: ['error', 'timeout', 'invalid_response', 'not_found', 'off'] }, repeat: 'accumulate', default: ['error timeout'], since: '0.3.12', doc: 'en/docs/http/ngx_http_memcached_module.html#memcached_next_upstream', sets: 'nextUpstream', read: readMemcachedNextUpstream },
    memcached_next_upstream_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['0'], since: '1.7.5', doc: 'en/docs/http/ngx_http_memcached_module.html#memcached_next_upstream_timeout', sets: 'nextUpstreamTimeout', read: readTime },
    memcached_next_upstream_tries: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no', default: ['0'], since: '1.7.5', doc: 'en/docs/http/ngx_http_memcached_module.html#memcached_next_upstream_tries', sets: 'nextUpstreamTries', read: readNumber },
    memcached_pass: { in: location | ifInLocation, args: take1, value: { kind: 'address' }, repeat: 'no', since: '0.3.12', doc: 'en/docs/http/ngx_http_memcached_module.html#memcached_pass', sets: 'pass', read: readWord },
    memcached_read_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['60s'], since: '0.3.12', doc: 'en/docs/http/ngx_http_memcached_module.html#memcached_read_timeout', sets: 'readTimeout', read: readTime },
    memcached_send_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['60s'], since: '0.3.12', doc: 'en/docs/http/ngx_http_memcached_module.html#memcached_send_timeout', sets: 'sendTimeout', read: readTime },
    memcached_socket_keepalive: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.15.6', doc: 'en/docs/http/ngx_http_memcached_module.html#memcached_socket_keepalive' },
    memcached_upstream_fail_timeout: { in: http | server | location, args: take1, value: { kind: 'custom' }, since: '0.3.12', until: '0.8.38' },
    memcached_upstream_max_fails: { in: http | server | location, args: take1, value: { kind: 'custom' }, since: '0.3.12', until: '0.8.38' },
  },
});
