import { anyNumber, from, none, oneOrMore, take1, take12, take123, take2, take3, twoOrMore } from '../../../schema/arity.ts';
import { events, http, ifInLocation, ifInServer, location, main, process, processes, server, stream, streamServer, streamUpstream, upstream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_lua_module (tengine). */
export const tengineHttpLua = defineModule({
  name: 'ngx_http_lua_module',
  package: 'tengine',
  directives: {
    access_by_lua: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'custom' } },
    access_by_lua_block: { in: http | server | location | ifInLocation, args: none, block: { raw: true }, value: { kind: 'custom' } },
    access_by_lua_file: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'custom' } },
    access_by_lua_no_postpone: { in: http, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    balancer_by_lua_block: { in: upstream, args: none, block: { raw: true }, value: { kind: 'custom' } },
    balancer_by_lua_file: { in: upstream, args: take1, value: { kind: 'custom' } },
    balancer_keepalive: { in: upstream, args: take1, value: { kind: 'custom' } },
    body_filter_by_lua: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'custom' } },
    body_filter_by_lua_block: { in: http | server | location | ifInLocation, args: none, block: { raw: true }, value: { kind: 'custom' } },
    body_filter_by_lua_file: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'custom' } },
    content_by_lua: { in: location | ifInLocation, args: take1, value: { kind: 'custom' } },
    content_by_lua_block: { in: location | ifInLocation, args: none, block: { raw: true }, value: { kind: 'custom' } },
    content_by_lua_file: { in: location | ifInLocation, args: take1, value: { kind: 'custom' } },
    exit_worker_by_lua_block: { in: http, args: none, block: { raw: true }, value: { kind: 'custom' } },
    exit_worker_by_lua_file: { in: http, args: take1, value: { kind: 'custom' } },
    header_filter_by_lua: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'custom' } },
    header_filter_by_lua_block: { in: http | server | location | ifInLocation, args: none, block: { raw: true }, value: { kind: 'custom' } },
    header_filter_by_lua_file: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'custom' } },
    init_by_lua: { in: http, args: take1, value: { kind: 'custom' } },
    init_by_lua_block: { in: http, args: none, block: { raw: true }, value: { kind: 'custom' } },
    init_by_lua_file: { in: http, args: take1, value: { kind: 'custom' } },
    init_worker_by_lua: { in: http, args: take1, value: { kind: 'custom' } },
    init_worker_by_lua_block: { in: http, args: none, block: { raw: true }, value: { kind: 'custom' } },
    init_worker_by_lua_file: { in: http, args: take1, value: { kind: 'custom' } },
    log_by_lua: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'custom' } },
    log_by_lua_block: { in: http | server | location | ifInLocation, args: none, block: { raw: true }, value: { kind: 'custom' } },
    log_by_lua_file: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'custom' } },
    lua_capture_error_log: { in: http, args: take1, value: { kind: 'custom' } },
    lua_check_client_abort: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    lua_code_cache: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'custom' } },
    lua_http10_buffering: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    lua_load_resty_core: { in: http, args: take1, value: { kind: 'custom' } },
    lua_malloc_trim: { in: http, args: take1, value: { kind: 'custom' } },
    lua_max_pending_timers: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    lua_max_running_timers: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    lua_need_request_body: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    lua_package_cpath: { in: http, args: take1, value: { kind: 'custom' } },
    lua_package_path: { in: http, args: take1, value: { kind: 'custom' } },
    lua_regex_cache_max_entries: { in: http, args: take1, value: { kind: 'custom' } },
    lua_regex_match_limit: { in: http, args: take1, value: { kind: 'custom' } },
    lua_sa_restart: { in: http, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    lua_shared_dict: { in: http, args: take2, value: { kind: 'custom' } },
    lua_socket_buffer_size: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'size' }, repeat: 'no' },
    lua_socket_connect_timeout: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    lua_socket_keepalive_timeout: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    lua_socket_log_errors: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    lua_socket_pool_size: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'number' }, repeat: 'no' },
    lua_socket_read_timeout: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    lua_socket_send_lowat: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'size' }, repeat: 'no' },
    lua_socket_send_timeout: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    lua_ssl_certificate: { in: http | server | location, args: take1, value: { kind: 'string' } },
    lua_ssl_certificate_key: { in: http | server | location, args: take1, value: { kind: 'string' } },
    lua_ssl_ciphers: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
    lua_ssl_conf_command: { in: http | server | location, args: take2, value: { kind: 'keyval' } },
    lua_ssl_crl: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
    lua_ssl_key_log: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
    lua_ssl_protocols: { in: http | server | location, args: oneOrMore, value: { kind: 'bitmask', values: ['SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] } },
    lua_ssl_trusted_certificate: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
    lua_ssl_verify_depth: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no' },
    lua_thread_cache_max_entries: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    lua_transform_underscores_in_response_headers: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    lua_upstream_skip_openssl_default_verify: { in: location | ifInLocation, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    lua_use_default_type: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    lua_worker_thread_vm_pool_size: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    proxy_ssl_verify_by_lua_block: { in: location | ifInLocation, args: none, block: { raw: true }, value: { kind: 'custom' } },
    proxy_ssl_verify_by_lua_file: { in: location | ifInLocation, args: take1, value: { kind: 'custom' } },
    rewrite_by_lua: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'custom' } },
    rewrite_by_lua_block: { in: http | server | location | ifInLocation, args: none, block: { raw: true }, value: { kind: 'custom' } },
    rewrite_by_lua_file: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'custom' } },
    rewrite_by_lua_no_postpone: { in: http, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    server_rewrite_by_lua_block: { in: http | server, args: none, block: { raw: true }, value: { kind: 'custom' } },
    server_rewrite_by_lua_file: { in: http | server, args: take1, value: { kind: 'custom' } },
    set_by_lua: { in: server | location | ifInServer | ifInLocation, args: twoOrMore, value: { kind: 'custom' } },
    set_by_lua_block: { in: server | location | ifInServer | ifInLocation, args: take1, block: { raw: true }, value: { kind: 'custom' } },
    set_by_lua_file: { in: server | location | ifInServer | ifInLocation, args: twoOrMore, value: { kind: 'custom' } },
    ssl_certificate_by_lua_block: { in: http | server, args: none, block: { raw: true }, value: { kind: 'custom' } },
    ssl_certificate_by_lua_file: { in: http | server, args: take1, value: { kind: 'custom' } },
    ssl_client_hello_by_lua_block: { in: http | server, args: none, block: { raw: true }, value: { kind: 'custom' } },
    ssl_client_hello_by_lua_file: { in: http | server, args: take1, value: { kind: 'custom' } },
    ssl_session_fetch_by_lua_block: { in: http, args: none, block: { raw: true }, value: { kind: 'custom' } },
    ssl_session_fetch_by_lua_file: { in: http, args: take1, value: { kind: 'custom' } },
    ssl_session_store_by_lua_block: { in: http, args: none, block: { raw: true }, value: { kind: 'custom' } },
    ssl_session_store_by_lua_file: { in: http, args: take1, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_append_header_module (tengine). */
export const tengineHttpAppendHeader = defineModule({
  name: 'ngx_http_append_header_module',
  package: 'tengine',
  directives: {
    append_header: { in: http | server | location | ifInLocation, args: take2, value: { kind: 'custom' } },
    append_header_separator: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'string' }, repeat: 'no' },
  },
});

/** The directives of ngx_backtrace_module (tengine). */
export const tengineBacktrace = defineModule({
  name: 'ngx_backtrace_module',
  package: 'tengine',
  directives: {
    backtrace_log: { in: main, args: take1, value: { kind: 'custom' } },
    backtrace_max_stack_size: { in: main, args: take1, value: { kind: 'number' }, repeat: 'no' },
  },
});

/** The directives of ngx_http_core_module (tengine). */
export const tengineHttpCore = defineModule({
  name: 'ngx_http_core_module',
  package: 'tengine',
  directives: {
    client_body_buffers: { in: http | server | location, args: take2, value: { kind: 'bufs' }, repeat: 'no' },
    client_body_postpone_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no' },
    client_body_temp_path: { in: http | server | location, args: take123, value: { kind: 'path', levels: true }, repeat: 'no' },
    request_time_cache: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    resolver_file: { in: http | server | location, args: take1, value: { kind: 'custom' } },
    retry_cached_connection: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    server_admin: { in: http | server, args: take1, value: { kind: 'string' }, repeat: 'no' },
    server_info: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    server_tag: { in: http | server | location, args: take1, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_concat_module (tengine). */
export const tengineHttpConcat = defineModule({
  name: 'ngx_http_concat_module',
  package: 'tengine',
  directives: {
    concat: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    concat_delimiter: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
    concat_ignore_file_error: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    concat_max_files: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no' },
    concat_types: { in: http | server | location, args: oneOrMore, value: { kind: 'mime-types' } },
    concat_unique: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
  },
});

/** The directives of ngx_http_upstream_consistent_hash_module (tengine). */
export const tengineHttpUpstreamConsistentHash = defineModule({
  name: 'ngx_http_upstream_consistent_hash_module',
  package: 'tengine',
  directives: {
    consistent_hash: { in: upstream, args: take1, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_proc_core_module (tengine). */
export const tengineProcCore = defineModule({
  name: 'ngx_proc_core_module',
  package: 'tengine',
  directives: {
    count: { in: process, args: take1, value: { kind: 'number' }, repeat: 'no' },
    delay_start: { in: process, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    priority: { in: process, args: take1, value: { kind: 'custom' } },
    process: { in: processes, args: take1, block: { opens: process }, value: { kind: 'custom' } },
    respawn: { in: process, args: take1, value: { kind: 'flag' }, repeat: 'no' },
  },
});

/** The directives of ngx_http_debug_conn_module (tengine). */
export const tengineHttpDebugConn = defineModule({
  name: 'ngx_http_debug_conn_module',
  package: 'tengine',
  directives: {
    debug_conn: { in: location, args: none, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_debug_pool_module (tengine). */
export const tengineHttpDebugPool = defineModule({
  name: 'ngx_http_debug_pool_module',
  package: 'tengine',
  directives: {
    debug_pool: { in: location, args: none, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_debug_timer_module (tengine). */
export const tengineHttpDebugTimer = defineModule({
  name: 'ngx_http_debug_timer_module',
  package: 'tengine',
  directives: {
    debug_timer: { in: location, args: none, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_dubbo_module (tengine). */
export const tengineHttpDubbo = defineModule({
  name: 'ngx_http_dubbo_module',
  package: 'tengine',
  directives: {
    dubbo_bind: { in: http | server | location, args: take12, value: { kind: 'bind', variables: true }, repeat: 'no' },
    dubbo_buffer_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no' },
    dubbo_connect_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    dubbo_heartbeat_interval: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    dubbo_hide_header: { in: http | server | location, args: take1, value: { kind: 'string' } },
    dubbo_ignore_headers: { in: http | server | location, args: oneOrMore, value: { kind: 'bitmask', values: ['X-Accel-Redirect', 'X-Accel-Expires', 'X-Accel-Limit-Rate', 'X-Accel-Buffering', 'X-Accel-Charset', 'Expires', 'Cache-Control', 'Set-Cookie', 'Vary'] } },
    dubbo_intercept_errors: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    dubbo_next_upstream: { in: http | server | location, args: oneOrMore, value: { kind: 'bitmask', values: ['error', 'timeout', 'invalid_header', 'non_idempotent', 'http_500', 'http_502', 'http_503', 'http_504', 'http_403', 'http_404', 'http_429', 'off'] } },
    dubbo_next_upstream_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    dubbo_next_upstream_tries: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no' },
    dubbo_pass: { in: location | ifInLocation, args: from(4, 4), value: { kind: 'custom' } },
    dubbo_pass_all_headers: { in: location | ifInLocation, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    dubbo_pass_body: { in: location | ifInLocation, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    dubbo_pass_header: { in: http | server | location, args: take1, value: { kind: 'string' } },
    dubbo_pass_set: { in: location | ifInLocation, args: take2, value: { kind: 'custom' } },
    dubbo_read_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    dubbo_send_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    dubbo_socket_keepalive: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    dubbo_upstream_error_info: { in: location | ifInLocation, args: take1, value: { kind: 'flag' }, repeat: 'no' },
  },
});

/** The directives of ngx_http_upstream_dynamic_module (tengine). */
export const tengineHttpUpstreamDynamic = defineModule({
  name: 'ngx_http_upstream_dynamic_module',
  package: 'tengine',
  directives: {
    dynamic_resolve: { in: upstream, args: from(0, 2), value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_dyups_module (tengine). */
export const tengineHttpDyups = defineModule({
  name: 'ngx_http_dyups_module',
  package: 'tengine',
  directives: {
    dyups_interface: { in: location, args: none, value: { kind: 'custom' } },
    dyups_read_msg_log: { in: http, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    dyups_read_msg_timeout: { in: http, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    dyups_shm_zone_size: { in: http, args: take1, value: { kind: 'size' }, repeat: 'no' },
    dyups_trylock: { in: http, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    dyups_upstream_conf: { in: http, args: take1, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_ssl_module (tengine). */
export const tengineHttpSsl = defineModule({
  name: 'ngx_http_ssl_module',
  package: 'tengine',
  directives: {
    enable_ntls: { in: http | server, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    ssl_async: { in: http | server, args: take1, value: { kind: 'custom' } },
    ssl_enc_certificate: { in: http | server, args: take1, value: { kind: 'string' }, repeat: 'no' },
    ssl_enc_certificate_key: { in: http | server, args: take1, value: { kind: 'string' }, repeat: 'no' },
    ssl_sign_certificate: { in: http | server, args: take1, value: { kind: 'string' }, repeat: 'no' },
    ssl_sign_certificate_key: { in: http | server, args: take1, value: { kind: 'string' }, repeat: 'no' },
    ssl_trusted_certificate: { in: http | server, args: take1, value: { kind: 'string' }, repeat: 'no' },
    ssl_verify_client_exception: { in: location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
  },
});

/** The directives of ngx_stream_ssl_module (tengine). */
export const tengineStreamSsl = defineModule({
  name: 'ngx_stream_ssl_module',
  package: 'tengine',
  directives: {
    enable_ntls: { in: stream | streamServer, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    ssl_enc_certificate: { in: stream | streamServer, args: take1, value: { kind: 'string' }, repeat: 'no' },
    ssl_enc_certificate_key: { in: stream | streamServer, args: take1, value: { kind: 'string' }, repeat: 'no' },
    ssl_sign_certificate: { in: stream | streamServer, args: take1, value: { kind: 'string' }, repeat: 'no' },
    ssl_sign_certificate_key: { in: stream | streamServer, args: take1, value: { kind: 'string' }, repeat: 'no' },
    ssl_sni_force: { in: stream | streamServer, args: take1, value: { kind: 'flag' }, repeat: 'no' },
  },
});

/** The directives of ngx_http_fastcgi_module (tengine). */
export const tengineHttpFastcgi = defineModule({
  name: 'ngx_http_fastcgi_module',
  package: 'tengine',
  directives: {
    fastcgi_rcvbuf_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no' },
    fastcgi_sndbuf_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no' },
    fastcgi_temp_path: { in: http | server | location, args: take123, value: { kind: 'path', levels: true }, repeat: 'no' },
    fastcgi_upstream_tries: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no' },
  },
});

/** The directives of ngx_http_footer_filter_module (tengine). */
export const tengineHttpFooterFilter = defineModule({
  name: 'ngx_http_footer_filter_module',
  package: 'tengine',
  directives: {
    footer: { in: http | server | location, args: take1, value: { kind: 'custom' } },
    footer_types: { in: http | server | location, args: oneOrMore, value: { kind: 'mime-types' } },
  },
});

/** The directives of ngx_http_geoip_module (tengine). */
export const tengineHttpGeoip = defineModule({
  name: 'ngx_http_geoip_module',
  package: 'tengine',
  directives: {
    geoip_region: { in: http, args: take12, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_grpc_module (tengine). */
export const tengineHttpGrpc = defineModule({
  name: 'ngx_http_grpc_module',
  package: 'tengine',
  directives: {
    grpc_enable_ntls: { in: http | server | location, args: take1, value: { kind: 'complex' }, repeat: 'no' },
    grpc_ssl_enc_certificate: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
    grpc_ssl_enc_certificate_key: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
    grpc_ssl_sign_certificate: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
    grpc_ssl_sign_certificate_key: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
  },
});

/** The directives of ngx_http_gzip_filter_module (tengine). */
export const tengineHttpGzipFilter = defineModule({
  name: 'ngx_http_gzip_filter_module',
  package: 'tengine',
  directives: {
    gzip_clear_etag: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
  },
});

/** The directives of ngx_http_image_filter_module (tengine). */
export const tengineHttpImageFilter = defineModule({
  name: 'ngx_http_image_filter_module',
  package: 'tengine',
  directives: {
    image_filter_crop_offset: { in: http | server | location, args: take2, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_ingress_module (tengine). */
export const tengineIngress = defineModule({
  name: 'ngx_ingress_module',
  package: 'tengine',
  directives: {
    ingress_failover_named_location: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
    ingress_gateway: { in: http | server | location, args: take1, value: { kind: 'custom' } },
    ingress_gateway_hash_num: { in: http | server | location, args: take2, value: { kind: 'custom' } },
    ingress_gateway_metadata: { in: http | server | location, args: take2, value: { kind: 'custom' } },
    ingress_gateway_path_segment_bucket_num: { in: http | server | location, args: take2, value: { kind: 'custom' } },
    ingress_gateway_pool_size: { in: http | server | location, args: take2, value: { kind: 'custom' } },
    ingress_gateway_shm_config: { in: http | server | location, args: from(4, 4), value: { kind: 'custom' } },
    ingress_gateway_update_interval: { in: http | server | location, args: take2, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_upstream_iwrr_module (tengine). */
export const tengineHttpUpstreamIwrr = defineModule({
  name: 'ngx_http_upstream_iwrr_module',
  package: 'tengine',
  directives: {
    iwrr: { in: upstream, args: none, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_upstream_keepalive_module (tengine). */
export const tengineHttpUpstreamKeepalive = defineModule({
  name: 'ngx_http_upstream_keepalive_module',
  package: 'tengine',
  directives: {
    keepalive: { in: upstream, args: oneOrMore, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_limit_req_module (tengine). */
export const tengineHttpLimitReq = defineModule({
  name: 'ngx_http_limit_req_module',
  package: 'tengine',
  directives: {
    limit_req_whitelist: { in: http | server | location, args: take2, value: { kind: 'custom' } },
    limit_req_zone: { in: http, args: twoOrMore, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_core_module (tengine). */
export const tengineCore = defineModule({
  name: 'ngx_core_module',
  package: 'tengine',
  directives: {
    master_env: { in: main, args: take1, value: { kind: 'custom' } },
    pipe_set_size: { in: main, args: take1, value: { kind: 'size' }, repeat: 'no' },
  },
});

/** The directives of ngx_xudp_core_module (tengine). */
export const tengineXudpCore = defineModule({
  name: 'ngx_xudp_core_module',
  package: 'tengine',
  directives: {
    max_retries: { in: main, args: oneOrMore, value: { kind: 'number' }, repeat: 'no' },
    xudp_core_path: { in: main, args: oneOrMore, value: { kind: 'string' }, repeat: 'no' },
    xudp_no_tx: { in: main, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    xudp_off: { in: main, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    xudp_rcvnum: { in: main, args: oneOrMore, value: { kind: 'number' }, repeat: 'no' },
    xudp_retries_interval: { in: main, args: oneOrMore, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    xudp_sndnum: { in: main, args: oneOrMore, value: { kind: 'number' }, repeat: 'no' },
  },
});

/** The directives of ngx_http_memcached_module (tengine). */
export const tengineHttpMemcached = defineModule({
  name: 'ngx_http_memcached_module',
  package: 'tengine',
  directives: {
    memcached_upstream_tries: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no' },
  },
});

/** The directives of ngx_http_multi_upstream_module (tengine). */
export const tengineHttpMultiUpstream = defineModule({
  name: 'ngx_http_multi_upstream_module',
  package: 'tengine',
  directives: {
    multi: { in: upstream, args: take1, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_stream_multi_upstream_module (tengine). */
export const tengineStreamMultiUpstream = defineModule({
  name: 'ngx_stream_multi_upstream_module',
  package: 'tengine',
  directives: {
    multi: { in: streamUpstream, args: take1, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_log_module (tengine). */
export const tengineHttpLog = defineModule({
  name: 'ngx_http_log_module',
  package: 'tengine',
  directives: {
    open_log_file_cache: { in: http | server | location, args: take123, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_stream_log_module (tengine). */
export const tengineStreamLog = defineModule({
  name: 'ngx_stream_log_module',
  package: 'tengine',
  directives: {
    open_log_file_cache: { in: stream | streamServer, args: take123, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_procs_module (tengine). */
export const tengineProcs = defineModule({
  name: 'ngx_procs_module',
  package: 'tengine',
  directives: {
    processes: { in: main, args: none, block: { opens: processes }, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_proxy_connect_module (tengine). */
export const tengineHttpProxyConnect = defineModule({
  name: 'ngx_http_proxy_connect_module',
  package: 'tengine',
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

/** The directives of ngx_http_proxy_module (tengine). */
export const tengineHttpProxy = defineModule({
  name: 'ngx_http_proxy_module',
  package: 'tengine',
  directives: {
    proxy_cookie_flags: { in: http | server | location, args: take123, value: { kind: 'custom' } },
    proxy_enable_ntls: { in: http | server | location, args: take1, value: { kind: 'complex' }, repeat: 'no' },
    proxy_rcvbuf_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no' },
    proxy_sndbuf_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no' },
    proxy_ssl_enc_certificate: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
    proxy_ssl_enc_certificate_key: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
    proxy_ssl_sign_certificate: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
    proxy_ssl_sign_certificate_key: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
    proxy_temp_path: { in: http | server | location, args: take123, value: { kind: 'path', levels: true }, repeat: 'no' },
    proxy_upstream_tries: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no' },
  },
});

/** The directives of ngx_stream_proxy_module (tengine). */
export const tengineStreamProxy = defineModule({
  name: 'ngx_stream_proxy_module',
  package: 'tengine',
  directives: {
    proxy_enable_ntls: { in: stream | streamServer, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    proxy_ssl_enc_certificate: { in: stream | streamServer, args: take1, value: { kind: 'string' }, repeat: 'no' },
    proxy_ssl_enc_certificate_key: { in: stream | streamServer, args: take1, value: { kind: 'string' }, repeat: 'no' },
    proxy_ssl_sign_certificate: { in: stream | streamServer, args: take1, value: { kind: 'string' }, repeat: 'no' },
    proxy_ssl_sign_certificate_key: { in: stream | streamServer, args: take1, value: { kind: 'string' }, repeat: 'no' },
  },
});

/** The directives of ngx_http_reqstat_module (tengine). */
export const tengineHttpReqstat = defineModule({
  name: 'ngx_http_reqstat_module',
  package: 'tengine',
  directives: {
    req_status: { in: http | server | location, args: oneOrMore, value: { kind: 'custom' } },
    req_status_bypass: { in: http | server | location, args: oneOrMore, value: { kind: 'predicates' } },
    req_status_lazy: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    req_status_show: { in: location, args: anyNumber, value: { kind: 'custom' } },
    req_status_show_field: { in: location, args: oneOrMore, value: { kind: 'custom' } },
    req_status_zone: { in: http, args: twoOrMore, value: { kind: 'custom' } },
    req_status_zone_add_indicator: { in: http, args: twoOrMore, value: { kind: 'custom' } },
    req_status_zone_key_length: { in: http, args: take2, value: { kind: 'custom' } },
    req_status_zone_recycle: { in: http, args: take3, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_upstream_module (tengine). */
export const tengineHttpUpstream = defineModule({
  name: 'ngx_http_upstream_module',
  package: 'tengine',
  directives: {
    rr_discarded_range: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    upstream_change_no_server_status: { in: http, args: take1, value: { kind: 'flag' }, repeat: 'no' },
  },
});

/** The directives of ngx_rtsig_module (tengine). */
export const tengineRtsig = defineModule({
  name: 'ngx_rtsig_module',
  package: 'tengine',
  directives: {
    rtsig_overflow_events: { in: events, args: take1, value: { kind: 'number' }, repeat: 'no' },
    rtsig_overflow_test: { in: events, args: take1, value: { kind: 'number' }, repeat: 'no' },
    rtsig_overflow_threshold: { in: events, args: take1, value: { kind: 'number' }, repeat: 'no' },
    rtsig_signo: { in: events, args: take1, value: { kind: 'number' }, repeat: 'no' },
  },
});

/** The directives of ngx_http_scgi_module (tengine). */
export const tengineHttpScgi = defineModule({
  name: 'ngx_http_scgi_module',
  package: 'tengine',
  directives: {
    scgi_temp_path: { in: http | server | location, args: take123, value: { kind: 'path', levels: true }, repeat: 'no' },
    scgi_upstream_tries: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no' },
  },
});

/** The directives of ngx_http_upstream_session_sticky_module (tengine). */
export const tengineHttpUpstreamSessionSticky = defineModule({
  name: 'ngx_http_upstream_session_sticky_module',
  package: 'tengine',
  directives: {
    session_sticky: { in: upstream, args: anyNumber, value: { kind: 'custom' } },
    session_sticky_header: { in: http | server | location, args: take1, value: { kind: 'custom' } },
    session_sticky_hide_cookie: { in: http | server | location, args: take1, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_slab_stat_module (tengine). */
export const tengineHttpSlabStat = defineModule({
  name: 'ngx_http_slab_stat_module',
  package: 'tengine',
  directives: {
    slab_stat: { in: location, args: none, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_slice_module (tengine). */
export const tengineHttpSlice = defineModule({
  name: 'ngx_http_slice_module',
  package: 'tengine',
  directives: {
    slice: { in: location, args: none, value: { kind: 'custom' } },
    slice_arg_begin: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
    slice_arg_end: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
    slice_footer: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
    slice_footer_last: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    slice_header: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
    slice_header_first: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
  },
});

/** The directives of ngx_http_sysguard_module (tengine). */
export const tengineHttpSysguard = defineModule({
  name: 'ngx_http_sysguard_module',
  package: 'tengine',
  directives: {
    sysguard: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    sysguard_cpu: { in: http | server | location, args: take123, value: { kind: 'custom' } },
    sysguard_interval: { in: http | server | location, args: take1, value: { kind: 'time', unit: 's' }, repeat: 'no' },
    sysguard_load: { in: http | server | location, args: take12, value: { kind: 'custom' } },
    sysguard_log_level: { in: http | server | location, args: take1, value: { kind: 'enum', values: ['info', 'notice', 'warn', 'error'] }, repeat: 'no' },
    sysguard_mem: { in: http | server | location, args: take12, value: { kind: 'custom' } },
    sysguard_mode: { in: http | server | location, args: take1, value: { kind: 'enum', values: ['or', 'and'] }, repeat: 'no' },
    sysguard_rt: { in: http | server | location, args: take123, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_tfs_module (tengine). */
export const tengineHttpTfs = defineModule({
  name: 'ngx_http_tfs_module',
  package: 'tengine',
  directives: {
    tair_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    tfs_block_cache_zone: { in: http, args: oneOrMore, value: { kind: 'custom' } },
    tfs_body_buffer_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no' },
    tfs_buffer_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no' },
    tfs_connect_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    tfs_enable_remote_block_cache: { in: http | server, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    tfs_keepalive: { in: http | server, args: take2, value: { kind: 'custom' } },
    tfs_log: { in: http | server, args: take12, value: { kind: 'custom' } },
    tfs_pass: { in: location | ifInLocation, args: take12, value: { kind: 'custom' } },
    tfs_read_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    tfs_send_lowat: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no' },
    tfs_send_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    tfs_upstream: { in: http, args: take1, block: { data: 'tfs_upstream' }, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_trim_filter_module (tengine). */
export const tengineHttpTrimFilter = defineModule({
  name: 'ngx_http_trim_filter_module',
  package: 'tengine',
  directives: {
    trim: { in: http | server | location, args: take1, value: { kind: 'complex' }, repeat: 'no' },
    trim_css: { in: http | server | location, args: take1, value: { kind: 'complex' }, repeat: 'no' },
    trim_js: { in: http | server | location, args: take1, value: { kind: 'complex' }, repeat: 'no' },
    trim_types: { in: http | server | location, args: oneOrMore, value: { kind: 'mime-types' } },
  },
});

/** The directives of ngx_http_user_agent_module (tengine). */
export const tengineHttpUserAgent = defineModule({
  name: 'ngx_http_user_agent_module',
  package: 'tengine',
  directives: {
    user_agent: { in: http, args: take1, block: { data: 'user_agent' }, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_uwsgi_module (tengine). */
export const tengineHttpUwsgi = defineModule({
  name: 'ngx_http_uwsgi_module',
  package: 'tengine',
  directives: {
    uwsgi_enable_ntls: { in: http | server | location, args: take1, value: { kind: 'complex' }, repeat: 'no' },
    uwsgi_ssl_enc_certificate: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
    uwsgi_ssl_enc_certificate_key: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
    uwsgi_ssl_sign_certificate: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
    uwsgi_ssl_sign_certificate_key: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
    uwsgi_temp_path: { in: http | server | location, args: take123, value: { kind: 'path', levels: true }, repeat: 'no' },
    uwsgi_upstream_tries: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no' },
  },
});

/** The directives of ngx_http_upstream_vnswrr_module (tengine). */
export const tengineHttpUpstreamVnswrr = defineModule({
  name: 'ngx_http_upstream_vnswrr_module',
  package: 'tengine',
  directives: {
    vnswrr: { in: upstream, args: from(0, 1), value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_xquic_module (tengine). */
export const tengineHttpXquic = defineModule({
  name: 'ngx_http_xquic_module',
  package: 'tengine',
  directives: {
    xquic_ack_frequency: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_anti_amplification_limit: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_cid_route: { in: http, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    xquic_congestion_control: { in: http, args: take1, value: { kind: 'string' }, repeat: 'no' },
    xquic_conn_hash_size: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_enable_fec: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_enable_keylog: { in: http, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    xquic_enable_marking_reinjection: { in: http, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    xquic_enable_mempool_protection: { in: http, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    xquic_enable_multipath: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_enable_pmtud: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_enable_qlog_event: { in: http, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    xquic_fec_blk_log_mod: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_fec_code_rate: { in: http, args: take1, value: { kind: 'custom' } },
    xquic_fec_conn_queue_rpr_timeout: { in: http, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    xquic_fec_decoder_scheme: { in: http, args: take1, value: { kind: 'string' }, repeat: 'no' },
    xquic_fec_encoder_scheme: { in: http, args: take1, value: { kind: 'string' }, repeat: 'no' },
    xquic_fec_log_on: { in: http, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    xquic_fec_mp_mode: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_fec_packet_mask_mode: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_fec_stream_level: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_hash_conflict_threshold: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_health_check_file: { in: http, args: take1, value: { kind: 'string' }, repeat: 'no' },
    xquic_idle_time_out: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_init_cwnd_pkt: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_init_pkt_out_size: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_init_pto_us: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_init_rtt_us: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_intercom_socket_rcvbuf: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_intercom_socket_sndbuf: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_keyupdate_pkt_threshold: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_log_file: { in: http, args: take1, value: { kind: 'string' }, repeat: 'no' },
    xquic_log_level: { in: http, args: take1, value: { kind: 'custom' } },
    xquic_manually_send: { in: http, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    xquic_max_concurrent_connection_cnt: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_max_cps: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_max_qps: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_max_streams_bidi: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_max_streams_uni: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_min_cwnd_pkt: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_mp_enable_reinjection: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_mp_sched_bw_Bps_thr: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_mp_sched_loss_percent_high: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_mp_sched_loss_percent_low: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_mp_sched_pto_thr: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_mp_sched_rtt_thr_high: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_mp_sched_rtt_thr_low: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_multipath_scheduler: { in: http, args: take1, value: { kind: 'string' }, repeat: 'no' },
    xquic_pacing: { in: http, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    xquic_path_unreachable_pto_count: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_pmtud_probing_interval: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_probing_pkt_out_size: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_qlog_event_importance: { in: http, args: take1, value: { kind: 'custom' } },
    xquic_qpack_compat_duplicate: { in: http, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    xquic_qpack_decoder_dynamic_table_size: { in: http, args: take1, value: { kind: 'size' }, repeat: 'no' },
    xquic_qpack_encoder_dynamic_table_size: { in: http, args: take1, value: { kind: 'size' }, repeat: 'no' },
    xquic_reinj_deadline_lower_bound: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_reinj_flexible_deadline_srtt_factor: { in: http, args: take1, value: { kind: 'custom' } },
    xquic_reinj_hard_deadline: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_reinjection_control: { in: http, args: take1, value: { kind: 'string' }, repeat: 'no' },
    xquic_server_id_length: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_server_id_offset: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_sndq_packets_used_max: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_socket_rcvbuf: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_socket_sndbuf: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_ssl_certificate: { in: http, args: take1, value: { kind: 'string' }, repeat: 'no' },
    xquic_ssl_certificate_key: { in: http, args: take1, value: { kind: 'string' }, repeat: 'no' },
    xquic_ssl_session_ticket_key: { in: http, args: take1, value: { kind: 'string' }, repeat: 'no' },
    xquic_standby_path_probe_timeout: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_stateless_reset_token_key: { in: http, args: take1, value: { kind: 'string' }, repeat: 'no' },
    xquic_status: { in: server | location, args: from(0, 1), value: { kind: 'custom' } },
    xquic_streams_index_size: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_symbol_number_per_block: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    xquic_token_key: { in: http, args: take123, value: { kind: 'custom' } },
    xquic_token_key_file: { in: http, args: take1, value: { kind: 'string' }, repeat: 'no' },
    xquic_use_new_udp_hash: { in: http | server, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    xquic_use_smaller_pto: { in: http, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    xquic_worker_id_offset: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
  },
});

/** The directives of ngx_errlog_module (tengine). */
export const tengineErrlog = defineModule({
  name: 'ngx_errlog_module',
  package: 'tengine',
  directives: {
    xquic_log: { in: main, args: oneOrMore, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_zstd_filter_module (tengine). */
export const tengineHttpZstdFilter = defineModule({
  name: 'ngx_http_zstd_filter_module',
  package: 'tengine',
  directives: {
    zstd: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    zstd_buffers: { in: http | server | location, args: take2, value: { kind: 'bufs' }, repeat: 'no' },
    zstd_comp_level: { in: http | server | location, args: take1, value: { kind: 'custom' } },
    zstd_dict_file: { in: http, args: take1, value: { kind: 'string' }, repeat: 'no' },
    zstd_min_length: { in: http | server | location, args: oneOrMore, value: { kind: 'size' }, repeat: 'no' },
    zstd_types: { in: http | server | location, args: oneOrMore, value: { kind: 'mime-types' } },
  },
});

/** The directives of ngx_http_zstd_static_module (tengine). */
export const tengineHttpZstdStatic = defineModule({
  name: 'ngx_http_zstd_static_module',
  package: 'tengine',
  directives: {
    zstd_static: { in: http | server | location, args: take1, value: { kind: 'enum', values: ['off', 'on', 'always'] }, repeat: 'no' },
  },
});
