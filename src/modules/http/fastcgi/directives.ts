import { oneOrMore, take1, take12, take123, take1234, take2, take23, twoOrMore } from '../../../schema/arity.ts';
import { cacheSettings } from '../../../schema/cache-settings.ts';
import { http, ifInLocation, location, server } from '../../../schema/contexts.ts';
import { gatewaySettings } from '../../../schema/gateway-settings.ts';
import { defineModule } from '../../../schema/module.ts';
import { handlerOf, list, value } from '../../../schema/setting.ts';
import { readWord, readWords } from '../../../schema/values/enum.ts';
import { readCacheMethods, readCachePath, readCacheValid, readCacheZone } from '../../../schema/values/cache.ts';
import { readFlag } from '../../../schema/values/flag.ts';
import { type PassedParam, readBind, readHeaderName, readIgnoredHeaders, readNextUpstream, readParam } from '../../../schema/values/gateway.ts';
import { readNumber } from '../../../schema/values/number.ts';
import { readTempPath } from '../../../schema/values/path.ts';
import { readBuffers, readOffset, readSize } from '../../../schema/values/size.ts';
import { readTime } from '../../../schema/values/time.ts';

/** The directives of ngx_http_fastcgi_module. */
export const httpFastcgi = defineModule({
  name: 'ngx_http_fastcgi_module',
  settings: {
    ...gatewaySettings,
    ...cacheSettings,
    catchStderr: list<string>(),
    index: value<string | undefined>(undefined),
    keepConn: value(false),
    params: list<PassedParam>(),
    pass: handlerOf<string>(),
    splitPathInfo: value<string | undefined>(undefined),
  },
  directives: {
    fastcgi_allow_upstream: { in: http | server | location, args: oneOrMore, value: { kind: 'predicates' }, since: '1.29.3', commercial: true, doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_allow_upstream' },
    fastcgi_bind: { in: http | server | location, args: take12, value: { kind: 'bind', variables: true }, repeat: 'no', since: '0.8.22', changes: [{ before: '1.11.0', args: take1 }], doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_bind', sets: 'bind', read: readBind },
    fastcgi_bind_dynamic: { in: http | server | location, args: take1, value: { kind: 'flag' }, default: ['off'], since: '1.29.3', commercial: true, doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_bind_dynamic' },
    fastcgi_buffer_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['4k|8k'], since: '0.3.12', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_buffer_size', sets: 'bufferSize', read: readSize },
    fastcgi_buffering: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['on'], since: '1.5.6', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_buffering', sets: 'buffering', read: readFlag },
    fastcgi_buffers: { in: http | server | location, args: take2, value: { kind: 'bufs' }, repeat: 'no', default: ['8 4k|8k'], since: '0.1.14', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_buffers', sets: 'buffers', read: readBuffers },
    fastcgi_busy_buffers_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['8k|16k'], since: '0.1.14', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_busy_buffers_size', sets: 'busyBuffersSize', read: readSize },
    fastcgi_cache: { in: http | server | location, args: take1, value: { kind: 'zone', values: ['off'], variables: true }, repeat: 'no', default: ['off'], since: '0.7.45', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_cache', sets: 'cache', read: readCacheZone },
    fastcgi_cache_background_update: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.11.10', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_cache_background_update', sets: 'cacheBackgroundUpdate', read: readFlag },
    fastcgi_cache_bypass: { in: http | server | location, args: oneOrMore, value: { kind: 'predicates' }, repeat: 'yes', merge: 'list', since: '0.8.46', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_cache_bypass', sets: 'cacheBypass', read: readWords },
    fastcgi_cache_key: { in: http | server | location, args: take1, value: { kind: 'complex' }, repeat: 'no', since: '0.7.45', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_cache_key', sets: 'cacheKey', read: readWord },
    fastcgi_cache_lock: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.1.12', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_cache_lock', sets: 'cacheLock', read: readFlag },
    fastcgi_cache_lock_age: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['5s'], since: '1.7.8', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_cache_lock_age', sets: 'cacheLockAge', read: readTime },
    fastcgi_cache_lock_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['5s'], since: '1.1.12', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_cache_lock_timeout', sets: 'cacheLockTimeout', read: readTime },
    fastcgi_cache_max_range_offset: { in: http | server | location, args: take1, value: { kind: 'offset' }, repeat: 'no', since: '1.11.6', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_cache_max_range_offset', sets: 'cacheMaxRangeOffset', read: readOffset },
    fastcgi_cache_methods: { in: http | server | location, args: oneOrMore, value: { kind: 'bitmask', values: ['GET', 'HEAD', 'POST'] }, repeat: 'accumulate', default: ['GET HEAD'], since: '0.7.59', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_cache_methods', sets: 'cacheMethods', read: readCacheMethods },
    fastcgi_cache_min_uses: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no', default: ['1'], since: '0.7.53', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_cache_min_uses', sets: 'cacheMinUses', read: readNumber },
    fastcgi_cache_path: { in: http, args: twoOrMore, value: { kind: 'cache-path', grammar: 'cache_path', file: 'prefix' }, repeat: 'yes-unique-zone', merge: 'own', since: '0.7.45', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_cache_path', sets: 'cachePaths', read: readCachePath },
    fastcgi_cache_purge: { in: http | server | location, args: oneOrMore, value: { kind: 'predicates' }, since: '1.5.7', commercial: true, doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_cache_purge' },
    fastcgi_cache_revalidate: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.5.7', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_cache_revalidate', sets: 'cacheRevalidate', read: readFlag },
    fastcgi_cache_use_stale: { in: http | server | location, args: oneOrMore, value: { kind: 'bitmask', values: ['error', 'timeout', 'invalid_header', 'non_idempotent', 'http_500', 'http_503', 'http_403', 'http_404', 'http_429', 'updating', 'off'] }, repeat: 'accumulate', default: ['off'], since: '0.7.45', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_cache_use_stale', sets: 'cacheUseStale', read: readNextUpstream },
    fastcgi_cache_valid: { in: http | server | location, args: oneOrMore, value: { kind: 'cache-valid', grammar: 'cache_valid' }, repeat: 'yes', merge: 'list', since: '0.7.45', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_cache_valid', sets: 'cacheValid', read: readCacheValid },
    fastcgi_catch_stderr: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'yes', since: '0.5.23', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_catch_stderr', sets: 'catchStderr', read: readWord },
    fastcgi_connect_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['60s'], since: '0.1.14', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_connect_timeout', sets: 'connectTimeout', read: readTime },
    fastcgi_force_ranges: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.7.7', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_force_ranges', sets: 'forceRanges', read: readFlag },
    fastcgi_header_buffer_size: { in: http | server | location, args: take1, value: { kind: 'size' }, since: '0.1.14', until: '0.7.1', deprecated: { replacement: 'fastcgi_buffer_size' } },
    fastcgi_hide_header: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'yes', since: '0.3.46', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_hide_header', sets: 'hideHeaders', read: readHeaderName },
    fastcgi_ignore_client_abort: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '0.3.36', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_ignore_client_abort', sets: 'ignoreClientAbort', read: readFlag },
    fastcgi_ignore_headers: { in: http | server | location, args: oneOrMore, value: { kind: 'bitmask', values: ['X-Accel-Redirect', 'X-Accel-Expires', 'X-Accel-Limit-Rate', 'X-Accel-Buffering', 'X-Accel-Charset', 'Expires', 'Cache-Control', 'Set-Cookie', 'Vary'] }, repeat: 'accumulate', since: '0.7.54', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_ignore_headers', sets: 'ignoreHeaders', read: readIgnoredHeaders },
    fastcgi_index: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no', since: '0.1.14', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_index', sets: 'index', read: readWord },
    fastcgi_intercept_errors: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '0.3.50', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_intercept_errors', sets: 'interceptErrors', read: readFlag },
    fastcgi_keep_conn: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.1.4', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_keep_conn', sets: 'keepConn', read: readFlag },
    fastcgi_limit_rate: { in: http | server | location, args: take1, value: { kind: 'size', variables: true }, repeat: 'no', default: ['0'], since: '1.7.7', changes: [{ before: '1.27.0', value: { kind: 'size' } }], doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_limit_rate', sets: 'limitRate', read: readWord },
    fastcgi_max_temp_file_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['1024m'], since: '0.1.14', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_max_temp_file_size', sets: 'maxTempFileSize', read: readSize },
    fastcgi_next_upstream: { in: http | server | location, args: oneOrMore, value: { kind: 'bitmask', values: ['error', 'timeout', 'invalid_header', 'non_idempotent', 'http_500', 'http_503', 'http_403', 'http_404', 'http_429', 'updating', 'off'] }, repeat: 'accumulate', default: ['error timeout'], since: '0.1.14', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_next_upstream', sets: 'nextUpstream', read: readNextUpstream },
    fastcgi_next_upstream_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['0'], since: '1.7.5', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_next_upstream_timeout', sets: 'nextUpstreamTimeout', read: readTime },
    fastcgi_next_upstream_tries: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no', default: ['0'], since: '1.7.5', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_next_upstream_tries', sets: 'nextUpstreamTries', read: readNumber },
    fastcgi_no_cache: { in: http | server | location, args: oneOrMore, value: { kind: 'predicates' }, repeat: 'yes', merge: 'list', since: '0.7.66', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_no_cache', sets: 'noCache', read: readWords },
    fastcgi_param: { in: http | server | location, args: take23, value: { kind: 'param', variables: true }, repeat: 'yes', default: ['HTTP_HOST $host$is_request_port$request_port'], since: '0.1.29', changes: [{ before: '1.1.11', args: take2 }], doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_param', sets: 'params', read: readParam },
    fastcgi_pass: { in: location | ifInLocation, args: take1, value: { kind: 'address', variables: true }, repeat: 'no', since: '0.1.14', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_pass', sets: 'pass', read: readWord },
    fastcgi_pass_header: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'yes', since: '0.3.46', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_pass_header', sets: 'passHeaders', read: readHeaderName },
    fastcgi_pass_request_body: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['on'], since: '0.1.29', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_pass_request_body', sets: 'passRequestBody', read: readFlag },
    fastcgi_pass_request_headers: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['on'], since: '0.1.29', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_pass_request_headers', sets: 'passRequestHeaders', read: readFlag },
    fastcgi_read_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['60s'], since: '0.1.14', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_read_timeout', sets: 'readTimeout', read: readTime },
    fastcgi_redirect_errors: { in: http | server | location, args: take1, value: { kind: 'flag' }, since: '0.1.18', until: '0.7.1', deprecated: { replacement: 'fastcgi_intercept_errors' } },
    fastcgi_request_buffering: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['on'], since: '1.7.11', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_request_buffering', sets: 'requestBuffering', read: readFlag },
    fastcgi_request_dynamic: { in: http | server | location, args: take1, value: { kind: 'flag' }, default: ['off'], since: '1.29.3', commercial: true, doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_request_dynamic' },
    fastcgi_send_lowat: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['0'], since: '0.1.14', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_send_lowat' },
    fastcgi_send_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['60s'], since: '0.1.14', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_send_timeout', sets: 'sendTimeout', read: readTime },
    fastcgi_socket_keepalive: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.15.6', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_socket_keepalive' },
    fastcgi_socket_rcvbuf: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', since: '1.31.3', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_socket_rcvbuf' },
    fastcgi_socket_sndbuf: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', since: '1.31.3', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_socket_sndbuf' },
    fastcgi_split_path_info: { in: http | server | location, args: take1, value: { kind: 'regex', captures: 2 }, repeat: 'last-wins', since: '0.7.31', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_split_path_info', sets: 'splitPathInfo', read: readWord },
    fastcgi_store: { in: http | server | location, args: take1, value: { kind: 'path', values: ['on', 'off'], variables: true }, repeat: 'no', default: ['off'], since: '0.5.31', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_store' },
    fastcgi_store_access: { in: http | server | location, args: take123, value: { kind: 'access' }, repeat: 'no', default: ['user:rw'], since: '0.5.31', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_store_access' },
    fastcgi_temp_file_write_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['8k|16k'], since: '0.1.14', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_temp_file_write_size', sets: 'tempFileWriteSize', read: readSize },
    fastcgi_temp_path: { in: http | server | location, args: take1234, value: { kind: 'path', levels: true, file: 'prefix' }, repeat: 'no', default: ['fastcgi_temp'], since: '0.1.14', doc: 'en/docs/http/ngx_http_fastcgi_module.html#fastcgi_temp_path', sets: 'tempPath', read: readTempPath },
    fastcgi_upstream_fail_timeout: { in: http | server | location, args: take1, value: { kind: 'custom' }, since: '0.3.2', until: '0.8.38' },
    fastcgi_upstream_max_fails: { in: http | server | location, args: take1, value: { kind: 'custom' }, since: '0.3.2', until: '0.8.38' },
  },
});
