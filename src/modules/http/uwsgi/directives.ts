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

/** The directives of ngx_http_uwsgi_module. */
export const httpUwsgi = defineModule({
  name: 'ngx_http_uwsgi_module',
  settings: {
    ...gatewaySettings,
    ...cacheSettings,
    modifier1: value(0),
    modifier2: value(0),
    params: list<PassedParam>(),
    pass: handlerOf<string>(),
    string: value(''),
  },
  directives: {
    uwsgi_allow_upstream: { in: http | server | location, args: oneOrMore, value: { kind: 'predicates' }, since: '1.29.3', commercial: true, doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_allow_upstream' },
    uwsgi_bind: { in: http | server | location, args: take12, value: { kind: 'bind', variables: true }, repeat: 'no', since: '0.8.40', changes: [{ before: '1.11.0', args: take1 }], doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_bind', sets: 'bind', read: readBind },
    uwsgi_bind_dynamic: { in: http | server | location, args: take1, value: { kind: 'flag' }, default: ['off'], since: '1.29.3', commercial: true, doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_bind_dynamic' },
    uwsgi_buffer_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['4k|8k'], since: '0.8.40', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_buffer_size', sets: 'bufferSize', read: readSize },
    uwsgi_buffering: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['on'], since: '1.1.5', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_buffering', sets: 'buffering', read: readFlag },
    uwsgi_buffers: { in: http | server | location, args: take2, value: { kind: 'bufs' }, repeat: 'no', default: ['8 4k|8k'], since: '0.8.40', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_buffers', sets: 'buffers', read: readBuffers },
    uwsgi_busy_buffers_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['8k|16k'], since: '0.8.40', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_busy_buffers_size', sets: 'busyBuffersSize', read: readSize },
    uwsgi_cache: { in: http | server | location, args: take1, value: { kind: 'zone', values: ['off'], variables: true }, repeat: 'no', default: ['off'], since: '0.8.40', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_cache', sets: 'cache', read: readCacheZone },
    uwsgi_cache_background_update: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.11.10', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_cache_background_update', sets: 'cacheBackgroundUpdate', read: readFlag },
    uwsgi_cache_bypass: { in: http | server | location, args: oneOrMore, value: { kind: 'predicates' }, repeat: 'yes', merge: 'list', since: '0.8.46', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_cache_bypass', sets: 'cacheBypass', read: readWords },
    uwsgi_cache_key: { in: http | server | location, args: take1, value: { kind: 'complex' }, repeat: 'no', since: '0.8.40', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_cache_key', sets: 'cacheKey', read: readWord },
    uwsgi_cache_lock: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.1.12', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_cache_lock', sets: 'cacheLock', read: readFlag },
    uwsgi_cache_lock_age: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['5s'], since: '1.7.8', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_cache_lock_age', sets: 'cacheLockAge', read: readTime },
    uwsgi_cache_lock_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['5s'], since: '1.1.12', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_cache_lock_timeout', sets: 'cacheLockTimeout', read: readTime },
    uwsgi_cache_max_range_offset: { in: http | server | location, args: take1, value: { kind: 'offset' }, repeat: 'no', since: '1.11.6', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_cache_max_range_offset', sets: 'cacheMaxRangeOffset', read: readOffset },
    uwsgi_cache_methods: { in: http | server | location, args: oneOrMore, value: { kind: 'bitmask', values: ['GET', 'HEAD', 'POST'] }, repeat: 'accumulate', default: ['GET HEAD'], since: '0.8.40', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_cache_methods', sets: 'cacheMethods', read: readCacheMethods },
    uwsgi_cache_min_uses: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no', default: ['1'], since: '0.8.40', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_cache_min_uses', sets: 'cacheMinUses', read: readNumber },
    uwsgi_cache_path: { in: http, args: twoOrMore, value: { kind: 'cache-path', grammar: 'cache_path', file: 'prefix' }, repeat: 'yes-unique-zone', merge: 'own', since: '0.8.40', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_cache_path', sets: 'cachePaths', read: readCachePath },
    uwsgi_cache_purge: { in: http | server | location, args: oneOrMore, value: { kind: 'predicates' }, since: '1.5.7', commercial: true, doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_cache_purge' },
    uwsgi_cache_revalidate: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.5.7', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_cache_revalidate', sets: 'cacheRevalidate', read: readFlag },
    uwsgi_cache_use_stale: { in: http | server | location, args: oneOrMore, value: { kind: 'bitmask', values: ['error', 'timeout', 'invalid_header', 'non_idempotent', 'http_500', 'http_503', 'http_403', 'http_404', 'http_429', 'updating', 'off'] }, repeat: 'accumulate', default: ['off'], since: '0.8.40', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_cache_use_stale', sets: 'cacheUseStale', read: readNextUpstream },
    uwsgi_cache_valid: { in: http | server | location, args: oneOrMore, value: { kind: 'cache-valid', grammar: 'cache_valid' }, repeat: 'yes', merge: 'list', since: '0.8.40', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_cache_valid', sets: 'cacheValid', read: readCacheValid },
    uwsgi_connect_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['60s'], since: '0.8.40', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_connect_timeout', sets: 'connectTimeout', read: readTime },
    uwsgi_force_ranges: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.7.7', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_force_ranges', sets: 'forceRanges', read: readFlag },
    uwsgi_hide_header: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'yes', since: '0.8.40', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_hide_header', sets: 'hideHeaders', read: readHeaderName },
    uwsgi_ignore_client_abort: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '0.8.40', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_ignore_client_abort', sets: 'ignoreClientAbort', read: readFlag },
    uwsgi_ignore_headers: { in: http | server | location, args: oneOrMore, value: { kind: 'bitmask', values: ['X-Accel-Redirect', 'X-Accel-Expires', 'X-Accel-Limit-Rate', 'X-Accel-Buffering', 'X-Accel-Charset', 'Expires', 'Cache-Control', 'Set-Cookie', 'Vary'] }, repeat: 'accumulate', since: '0.8.40', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_ignore_headers', sets: 'ignoreHeaders', read: readIgnoredHeaders },
    uwsgi_intercept_errors: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '0.8.40', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_intercept_errors', sets: 'interceptErrors', read: readFlag },
    uwsgi_limit_rate: { in: http | server | location, args: take1, value: { kind: 'size', variables: true }, repeat: 'no', default: ['0'], since: '1.7.7', changes: [{ before: '1.27.0', value: { kind: 'size' } }], doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_limit_rate', sets: 'limitRate', read: readWord },
    uwsgi_max_temp_file_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['1024m'], since: '0.8.40', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_max_temp_file_size', sets: 'maxTempFileSize', read: readSize },
    uwsgi_modifier1: { in: http | server | location, args: take1, value: { kind: 'number', min: 0, max: 255 }, repeat: 'no', default: ['0'], since: '0.8.40', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_modifier1', sets: 'modifier1', read: readNumber },
    uwsgi_modifier2: { in: http | server | location, args: take1, value: { kind: 'number', min: 0, max: 255 }, repeat: 'no', default: ['0'], since: '0.8.40', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_modifier2', sets: 'modifier2', read: readNumber },
    uwsgi_next_upstream: { in: http | server | location, args: oneOrMore, value: { kind: 'bitmask', values: ['error', 'timeout', 'invalid_header', 'non_idempotent', 'http_500', 'http_503', 'http_403', 'http_404', 'http_429', 'updating', 'off'] }, repeat: 'accumulate', default: ['error timeout'], since: '0.8.40', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_next_upstream', sets: 'nextUpstream', read: readNextUpstream },
    uwsgi_next_upstream_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['0'], since: '1.7.5', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_next_upstream_timeout', sets: 'nextUpstreamTimeout', read: readTime },
    uwsgi_next_upstream_tries: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no', default: ['0'], since: '1.7.5', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_next_upstream_tries', sets: 'nextUpstreamTries', read: readNumber },
    uwsgi_no_cache: { in: http | server | location, args: oneOrMore, value: { kind: 'predicates' }, repeat: 'yes', merge: 'list', since: '0.8.40', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_no_cache', sets: 'noCache', read: readWords },
    uwsgi_param: { in: http | server | location, args: take23, value: { kind: 'param', variables: true }, repeat: 'yes', default: ['HTTP_HOST $host$is_request_port$request_port'], since: '0.8.40', changes: [{ before: '1.1.11', args: take2 }], doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_param', sets: 'params', read: readParam },
    uwsgi_pass: { in: location | ifInLocation, args: take1, value: { kind: 'address', schemes: ['uwsgi', 'suwsgi'], variables: true }, repeat: 'no', since: '0.8.40', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_pass', sets: 'pass', read: readWord },
    uwsgi_pass_header: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'yes', since: '0.8.40', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_pass_header', sets: 'passHeaders', read: readHeaderName },
    uwsgi_pass_request_body: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['on'], since: '0.8.40', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_pass_request_body', sets: 'passRequestBody', read: readFlag },
    uwsgi_pass_request_headers: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['on'], since: '0.8.40', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_pass_request_headers', sets: 'passRequestHeaders', read: readFlag },
    uwsgi_read_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['60s'], since: '0.8.40', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_read_timeout', sets: 'readTimeout', read: readTime },
    uwsgi_request_buffering: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['on'], since: '1.7.11', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_request_buffering', sets: 'requestBuffering', read: readFlag },
    uwsgi_request_dynamic: { in: http | server | location, args: take1, value: { kind: 'flag' }, default: ['off'], since: '1.29.3', commercial: true, doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_request_dynamic' },
    uwsgi_send_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['60s'], since: '0.8.40', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_send_timeout', sets: 'sendTimeout', read: readTime },
    uwsgi_socket_keepalive: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.15.6', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_socket_keepalive' },
    uwsgi_socket_rcvbuf: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', since: '1.31.3', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_socket_rcvbuf' },
    uwsgi_socket_sndbuf: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', since: '1.31.3', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_socket_sndbuf' },
    uwsgi_ssl_certificate: { in: http | server | location, args: take1, value: { kind: 'complex', file: 'conf' }, repeat: 'no', since: '1.7.8', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_ssl_certificate' },
    uwsgi_ssl_certificate_cache: { in: http | server | location, args: take123, value: { kind: 'custom' }, repeat: 'no', default: ['off'], since: '1.27.4', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_ssl_certificate_cache' },
    uwsgi_ssl_certificate_key: { in: http | server | location, args: take1, value: { kind: 'complex', file: 'conf' }, repeat: 'no', since: '1.7.8', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_ssl_certificate_key' },
    uwsgi_ssl_ciphers: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no', default: ['DEFAULT'], since: '1.5.8', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_ssl_ciphers' },
    uwsgi_ssl_conf_command: { in: http | server | location, args: take2, value: { kind: 'keyval' }, repeat: 'yes', merge: 'list', since: '1.19.4', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_ssl_conf_command' },
    uwsgi_ssl_crl: { in: http | server | location, args: take1, value: { kind: 'string', file: 'conf' }, repeat: 'no', since: '1.7.0', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_ssl_crl' },
    uwsgi_ssl_key_log: { in: http | server | location, args: take1, value: { kind: 'path' }, since: '1.27.2', commercial: true, doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_ssl_key_log' },
    uwsgi_ssl_name: { in: http | server | location, args: take1, value: { kind: 'complex' }, repeat: 'no', default: ['host from uwsgi_pass'], since: '1.7.0', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_ssl_name' },
    uwsgi_ssl_password_file: { in: http | server | location, args: take1, value: { kind: 'custom', file: 'conf' }, repeat: 'no', since: '1.7.8', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_ssl_password_file' },
    uwsgi_ssl_protocols: { in: http | server | location, args: oneOrMore, value: { kind: 'bitmask', values: ['SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] }, repeat: 'accumulate', default: ['TLSv1.2 TLSv1.3'], since: '1.5.8', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_ssl_protocols' },
    uwsgi_ssl_server_name: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.7.0', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_ssl_server_name' },
    uwsgi_ssl_session_reuse: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['on'], since: '1.5.8', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_ssl_session_reuse' },
    uwsgi_ssl_trusted_certificate: { in: http | server | location, args: take1, value: { kind: 'string', file: 'conf' }, repeat: 'no', since: '1.7.0', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_ssl_trusted_certificate' },
    uwsgi_ssl_verify: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.7.0', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_ssl_verify' },
    uwsgi_ssl_verify_depth: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no', default: ['1'], since: '1.7.0', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_ssl_verify_depth' },
    uwsgi_store: { in: http | server | location, args: take1, value: { kind: 'path', values: ['on', 'off'], variables: true }, repeat: 'no', default: ['off'], since: '0.8.40', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_store' },
    uwsgi_store_access: { in: http | server | location, args: take123, value: { kind: 'access' }, repeat: 'no', default: ['user:rw'], since: '0.8.40', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_store_access' },
    uwsgi_string: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no', since: '0.8.40', sets: 'string', read: readWord },
    uwsgi_temp_file_write_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['8k|16k'], since: '0.8.40', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_temp_file_write_size', sets: 'tempFileWriteSize', read: readSize },
    uwsgi_temp_path: { in: http | server | location, args: take1234, value: { kind: 'path', levels: true, file: 'prefix' }, repeat: 'no', default: ['uwsgi_temp'], since: '0.8.40', doc: 'en/docs/http/ngx_http_uwsgi_module.html#uwsgi_temp_path', sets: 'tempPath', read: readTempPath },
  },
});
