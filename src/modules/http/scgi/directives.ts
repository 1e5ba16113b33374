import { oneOrMore, take1, take12, take123, take1234, take2, take23, twoOrMore } from '../../../schema/arity.ts';
import { cacheSettings } from '../../../schema/cache-settings.ts';
import { http, ifInLocation, location, server } from '../../../schema/contexts.ts';
import { gatewaySettings } from '../../../schema/gateway-settings.ts';
import { defineModule } from '../../../schema/module.ts';
import { handlerOf, list } from '../../../schema/setting.ts';
import { readWord, readWords } from '../../../schema/values/enum.ts';
import { readCacheMethods, readCachePath, readCacheValid, readCacheZone } from '../../../schema/values/cache.ts';
import { readFlag } from '../../../schema/values/flag.ts';
import { type PassedParam, readBind, readHeaderName, readIgnoredHeaders, readNextUpstream, readParam } from '../../../schema/values/gateway.ts';
import { readNumber } from '../../../schema/values/number.ts';
import { readTempPath } from '../../../schema/values/path.ts';
import { readBuffers, readOffset, readSize } from '../../../schema/values/size.ts';
import { readTime } from '../../../schema/values/time.ts';

/** The directives of ngx_http_scgi_module. */
export const httpScgi = defineModule({
  name: 'ngx_http_scgi_module',
  settings: {
    ...gatewaySettings,
    ...cacheSettings,
    params: list<PassedParam>(),
    pass: handlerOf<string>(),
  },
  directives: {
    scgi_allow_upstream: { in: http | server | location, args: oneOrMore, value: { kind: 'predicates' }, since: '1.29.3', commercial: true, doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_allow_upstream' },
    scgi_bind: { in: http | server | location, args: take12, value: { kind: 'bind', variables: true }, repeat: 'no', since: '0.8.42', changes: [{ before: '1.11.0', args: take1 }], doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_bind', sets: 'bind', read: readBind },
    scgi_bind_dynamic: { in: http | server | location, args: take1, value: { kind: 'flag' }, default: ['off'], since: '1.29.3', commercial: true, doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_bind_dynamic' },
    scgi_buffer_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['4k|8k'], since: '0.8.42', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_buffer_size', sets: 'bufferSize', read: readSize },
    scgi_buffering: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['on'], since: '1.1.5', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_buffering', sets: 'buffering', read: readFlag },
    scgi_buffers: { in: http | server | location, args: take2, value: { kind: 'bufs' }, repeat: 'no', default: ['8 4k|8k'], since: '0.8.42', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_buffers', sets: 'buffers', read: readBuffers },
    scgi_busy_buffers_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['8k|16k'], since: '0.8.42', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_busy_buffers_size', sets: 'busyBuffersSize', read: readSize },
    scgi_cache: { in: http | server | location, args: take1, value: { kind: 'zone', values: ['off'], variables: true }, repeat: 'no', default: ['off'], since: '0.8.42', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_cache', sets: 'cache', read: readCacheZone },
    scgi_cache_background_update: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.11.10', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_cache_background_update', sets: 'cacheBackgroundUpdate', read: readFlag },
    scgi_cache_bypass: { in: http | server | location, args: oneOrMore, value: { kind: 'predicates' }, repeat: 'yes', merge: 'list', since: '0.8.46', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_cache_bypass', sets: 'cacheBypass', read: readWords },
    scgi_cache_key: { in: http | server | location, args: take1, value: { kind: 'complex' }, repeat: 'no', since: '0.8.42', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_cache_key', sets: 'cacheKey', read: readWord },
    scgi_cache_lock: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.1.12', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_cache_lock', sets: 'cacheLock', read: readFlag },
    scgi_cache_lock_age: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['5s'], since: '1.7.8', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_cache_lock_age', sets: 'cacheLockAge', read: readTime },
    scgi_cache_lock_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['5s'], since: '1.1.12', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_cache_lock_timeout', sets: 'cacheLockTimeout', read: readTime },
    scgi_cache_max_range_offset: { in: http | server | location, args: take1, value: { kind: 'offset' }, repeat: 'no', since: '1.11.6', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_cache_max_range_offset', sets: 'cacheMaxRangeOffset', read: readOffset },
    scgi_cache_methods: { in: http | server | location, args: oneOrMore, value: { kind: 'bitmask', values: ['GET', 'HEAD', 'POST'] }, repeat: 'accumulate', default: ['GET HEAD'], since: '0.8.42', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_cache_methods', sets: 'cacheMethods', read: readCacheMethods },
    scgi_cache_min_uses: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no', default: ['1'], since: '0.8.42', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_cache_min_uses', sets: 'cacheMinUses', read: readNumber },
    scgi_cache_path: { in: http, args: twoOrMore, value: { kind: 'cache-path', grammar: 'cache_path', file: 'prefix' }, repeat: 'yes-unique-zone', merge: 'own', since: '0.8.42', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_cache_path', sets: 'cachePaths', read: readCachePath },
    scgi_cache_purge: { in: http | server | location, args: oneOrMore, value: { kind: 'predicates' }, since: '1.5.7', commercial: true, doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_cache_purge' },
    scgi_cache_revalidate: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.5.7', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_cache_revalidate', sets: 'cacheRevalidate', read: readFlag },
    scgi_cache_use_stale: { in: http | server | location, args: oneOrMore, value: { kind: 'bitmask', values: ['error', 'timeout', 'invalid_header', 'non_idempotent', 'http_500', 'http_503', 'http_403', 'http_404', 'http_429', 'updating', 'off'] }, repeat: 'accumulate', default: ['off'], since: '0.8.42', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_cache_use_stale', sets: 'cacheUseStale', read: readNextUpstream },
    scgi_cache_valid: { in: http | server | location, args: oneOrMore, value: { kind: 'cache-valid', grammar: 'cache_valid' }, repeat: 'yes', merge: 'list', since: '0.8.42', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_cache_valid', sets: 'cacheValid', read: readCacheValid },
    scgi_connect_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['60s'], since: '0.8.42', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_connect_timeout', sets: 'connectTimeout', read: readTime },
    scgi_force_ranges: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.7.7', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_force_ranges', sets: 'forceRanges', read: readFlag },
    scgi_hide_header: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'yes', since: '0.8.42', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_hide_header', sets: 'hideHeaders', read: readHeaderName },
    scgi_ignore_client_abort: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '0.8.42', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_ignore_client_abort', sets: 'ignoreClientAbort', read: readFlag },
    scgi_ignore_headers: { in: http | server | location, args: oneOrMore, value: { kind: 'bitmask', values: ['X-Accel-Redirect', 'X-Accel-Expires', 'X-Accel-Limit-Rate', 'X-Accel-Buffering', 'X-Accel-Charset', 'Expires', 'Cache-Control', 'Set-Cookie', 'Vary'] }, repeat: 'accumulate', since: '0.8.42', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_ignore_headers', sets: 'ignoreHeaders', read: readIgnoredHeaders },
    scgi_intercept_errors: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '0.8.42', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_intercept_errors', sets: 'interceptErrors', read: readFlag },
    scgi_limit_rate: { in: http | server | location, args: take1, value: { kind: 'size', variables: true }, repeat: 'no', default: ['0'], since: '1.7.7', changes: [{ before: '1.27.0', value: { kind: 'size' } }], doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_limit_rate', sets: 'limitRate', read: readWord },
    scgi_max_temp_file_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['1024m'], since: '0.8.42', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_max_temp_file_size', sets: 'maxTempFileSize', read: readSize },
    scgi_next_upstream: { in: http | server | location, args: oneOrMore, value: { kind: 'bitmask', values: ['error', 'timeout', 'invalid_header', 'non_idempotent', 'http_500', 'http_503', 'http_403', 'http_404', 'http_429', 'updating', 'off'] }, repeat: 'accumulate', default: ['error timeout'], since: '0.8.42', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_next_upstream', sets: 'nextUpstream', read: readNextUpstream },
    scgi_next_upstream_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['0'], since: '1.7.5', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_next_upstream_timeout', sets: 'nextUpstreamTimeout', read: readTime },
    scgi_next_upstream_tries: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no', default: ['0'], since: '1.7.5', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_next_upstream_tries', sets: 'nextUpstreamTries', read: readNumber },
    scgi_no_cache: { in: http | server | location, args: oneOrMore, value: { kind: 'predicates' }, repeat: 'yes', merge: 'list', since: '0.8.42', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_no_cache', sets: 'noCache', read: readWords },
    scgi_param: { in: http | server | location, args: take23, value: { kind: 'param', variables: true }, repeat: 'yes', default: ['HTTP_HOST $host$is_request_port$request_port'], since: '0.8.42', changes: [{ before: '1.1.11', args: take2 }], doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_param', sets: 'params', read: readParam },
    scgi_pass: { in: location | ifInLocation, args: take1, value: { kind: 'address', variables: true }, repeat: 'no', since: '0.8.42', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_pass', sets: 'pass', read: readWord },
    scgi_pass_header: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'yes', since: '0.8.42', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_pass_header', sets: 'passHeaders', read: readHeaderName },
    scgi_pass_request_body: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['on'], since: '0.8.42', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_pass_request_body', sets: 'passRequestBody', read: readFlag },
    scgi_pass_request_headers: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['on'], since: '0.8.42', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_pass_request_headers', sets: 'passRequestHeaders', read: readFlag },
    scgi_read_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['60s'], since: '0.8.42', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_read_timeout', sets: 'readTimeout', read: readTime },
    scgi_request_buffering: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['on'], since: '1.7.11', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_request_buffering', sets: 'requestBuffering', read: readFlag },
    scgi_request_dynamic: { in: http | server | location, args: take1, value: { kind: 'flag' }, default: ['off'], since: '1.29.3', commercial: true, doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_request_dynamic' },
    scgi_send_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['60s'], since: '0.8.42', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_send_timeout', sets: 'sendTimeout', read: readTime },
    scgi_socket_keepalive: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.15.6', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_socket_keepalive' },
    scgi_socket_rcvbuf: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', since: '1.31.3', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_socket_rcvbuf' },
    scgi_socket_sndbuf: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', since: '1.31.3', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_socket_sndbuf' },
    scgi_store: { in: http | server | location, args: take1, value: { kind: 'path', values: ['on', 'off'], variables: true }, repeat: 'no', default: ['off'], since: '0.8.42', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_store' },
    scgi_store_access: { in: http | server | location, args: take123, value: { kind: 'access' }, repeat: 'no', default: ['user:rw'], since: '0.8.42', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_store_access' },
    scgi_temp_file_write_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['8k|16k'], since: '0.8.42', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_temp_file_write_size', sets: 'tempFileWriteSize', read: readSize },
    scgi_temp_path: { in: http | server | location, args: take1234, value: { kind: 'path', levels: true, file: 'prefix' }, repeat: 'no', default: ['scgi_temp'], since: '0.8.42', doc: 'en/docs/http/ngx_http_scgi_module.html#scgi_temp_path', sets: 'tempPath', read: readTempPath },
  },
});
