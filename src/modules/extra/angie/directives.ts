import { none, oneOrMore, take1, take12, take123, take2, take23, twoOrMore } from '../../../schema/arity.ts';
import { http, ifInLocation, ifInServer, limitExcept, location, mail, mailServer, server, stream, streamServer, streamUpstream, upstream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_acme_module (angie). */
export const angieHttpAcme = defineModule({
  name: 'ngx_http_acme_module',
  package: 'angie',
  directives: {
    acme: { in: server, args: take1, value: { kind: 'custom' } },
    acme_client: { in: http, args: twoOrMore, value: { kind: 'custom' } },
    acme_client_path: { in: http, args: take1, value: { kind: 'string' }, repeat: 'no' },
    acme_dns_port: { in: http, args: take1, value: { kind: 'custom' } },
    acme_dns_ttl: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no' },
    acme_hook: { in: location, args: take12, value: { kind: 'custom' } },
    acme_http_port: { in: http, args: take1, value: { kind: 'custom' } },
    acme_max_response_size: { in: http, args: take1, value: { kind: 'size' }, repeat: 'no' },
  },
});

/** The directives of ngx_stream_acme_module (angie). */
export const angieStreamAcme = defineModule({
  name: 'ngx_stream_acme_module',
  package: 'angie',
  directives: {
    acme: { in: streamServer, args: take1, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_api_module (angie). */
export const angieHttpApi = defineModule({
  name: 'ngx_http_api_module',
  package: 'angie',
  directives: {
    api: { in: location, args: take1, value: { kind: 'custom' } },
    api_config_files: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
  },
});

/** The directives of ngx_http_core_module (angie). */
export const angieHttpCore = defineModule({
  name: 'ngx_http_core_module',
  package: 'angie',
  directives: {
    auto_redirect: { in: http | server | location, args: take1, value: { kind: 'enum', values: ['off', 'on', 'default'] }, repeat: 'no' },
    client: { in: http, args: none, block: { data: 'client' }, value: { kind: 'custom' } },
    client_body_temp_path: { in: http | server | location, args: take123, value: { kind: 'path', levels: true }, repeat: 'no' },
    error_log_user_tag: { in: http | server | location | limitExcept, args: take1, value: { kind: 'custom' } },
    location: { in: server | location, args: oneOrMore, block: { opens: location }, value: { kind: 'custom' } },
    status_zone: [{ in: location | ifInLocation, args: take12, value: { kind: 'custom' } }, { in: server, args: take12, value: { kind: 'custom' } }],
    time_format: { in: http, args: take2, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_docker_module (angie). */
export const angieHttpDocker = defineModule({
  name: 'ngx_http_docker_module',
  package: 'angie',
  directives: {
    docker_endpoint: { in: http, args: take1, value: { kind: 'custom' } },
    docker_max_object_size: { in: http, args: take1, value: { kind: 'size' }, repeat: 'no' },
  },
});

/** The directives of ngx_http_doh_module (angie). */
export const angieHttpDoh = defineModule({
  name: 'ngx_http_doh_module',
  package: 'angie',
  directives: {
    doh_bind: { in: http | server | location, args: take12, value: { kind: 'bind', variables: true }, repeat: 'no' },
    doh_buffer_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no' },
    doh_connect_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    doh_max_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no' },
    doh_next_upstream: { in: http | server | location, args: oneOrMore, value: { kind: 'bitmask', values: ['error', 'timeout', 'invalid_response', 'off'] } },
    doh_next_upstream_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    doh_next_upstream_tries: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no' },
    doh_pass: { in: location | ifInLocation, args: take1, value: { kind: 'custom' } },
    doh_read_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    doh_send_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    doh_socket_keepalive: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    doh_transport: { in: http | server | location, args: take1, value: { kind: 'enum', values: ['tcp', 'udp', 'auto'] }, repeat: 'no' },
  },
});

/** The directives of ngx_mail_core_module (angie). */
export const angieMailCore = defineModule({
  name: 'ngx_mail_core_module',
  package: 'angie',
  directives: {
    error_log_user_tag: { in: mail | mailServer, args: take1, value: { kind: 'string' } },
    max_commands: { in: mail | mailServer, args: take1, value: { kind: 'number' }, repeat: 'no' },
  },
});

/** The directives of ngx_stream_core_module (angie). */
export const angieStreamCore = defineModule({
  name: 'ngx_stream_core_module',
  package: 'angie',
  directives: {
    error_log_user_tag: { in: stream | streamServer, args: take1, value: { kind: 'custom' } },
    status_zone: { in: streamServer, args: take12, value: { kind: 'custom' } },
    time_format: { in: stream, args: take2, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_fastcgi_module (angie). */
export const angieHttpFastcgi = defineModule({
  name: 'ngx_http_fastcgi_module',
  package: 'angie',
  directives: {
    fastcgi_connection_drop: { in: http | server | location, args: take1, value: { kind: 'custom' } },
    fastcgi_temp_path: { in: http | server | location, args: take123, value: { kind: 'path', levels: true }, repeat: 'no' },
  },
});

/** The directives of ngx_http_rewrite_module (angie). */
export const angieHttpRewrite = defineModule({
  name: 'ngx_http_rewrite_module',
  package: 'angie',
  directives: {
    goto: { in: server | location | ifInServer | ifInLocation, args: take1, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_grpc_module (angie). */
export const angieHttpGrpc = defineModule({
  name: 'ngx_http_grpc_module',
  package: 'angie',
  directives: {
    grpc_connection_drop: { in: http | server | location, args: take1, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_v3_module (angie). */
export const angieHttpV3 = defineModule({
  name: 'ngx_http_v3_module',
  package: 'angie',
  directives: {
    http3_max_table_capacity: { in: http | server, args: take1, value: { kind: 'number' }, repeat: 'no' },
  },
});

/** The directives of ngx_http_image_filter_module (angie). */
export const angieHttpImageFilter = defineModule({
  name: 'ngx_http_image_filter_module',
  package: 'angie',
  directives: {
    image_filter_avif_quality: { in: http | server | location, args: take12, value: { kind: 'custom' } },
    image_filter_heic_quality: { in: http | server | location, args: take1, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_upstream_keepalive_module (angie). */
export const angieHttpUpstreamKeepalive = defineModule({
  name: 'ngx_http_upstream_keepalive_module',
  package: 'angie',
  directives: {
    keepalive: { in: upstream, args: take1, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_upstream_least_time_module (angie). */
export const angieHttpUpstreamLeastTime = defineModule({
  name: 'ngx_http_upstream_least_time_module',
  package: 'angie',
  directives: {
    least_time: { in: upstream, args: oneOrMore, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_stream_upstream_least_time_module (angie). */
export const angieStreamUpstreamLeastTime = defineModule({
  name: 'ngx_stream_upstream_least_time_module',
  package: 'angie',
  directives: {
    least_time: { in: streamUpstream, args: oneOrMore, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_metric_module (angie). */
export const angieHttpMetric = defineModule({
  name: 'ngx_http_metric_module',
  package: 'angie',
  directives: {
    metric: { in: http | server | location, args: take23, value: { kind: 'custom' } },
    metric_complex_zone: { in: http, args: take123, block: { data: 'metric_complex_zone' }, value: { kind: 'custom' } },
    metric_zone: { in: http, args: twoOrMore, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_stream_metric_module (angie). */
export const angieStreamMetric = defineModule({
  name: 'ngx_stream_metric_module',
  package: 'angie',
  directives: {
    metric: { in: stream | streamServer, args: take23, value: { kind: 'custom' } },
    metric_complex_zone: { in: stream, args: take123, block: { data: 'metric_complex_zone' }, value: { kind: 'custom' } },
    metric_zone: { in: stream, args: twoOrMore, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_mp4_module (angie). */
export const angieHttpMp4 = defineModule({
  name: 'ngx_http_mp4_module',
  package: 'angie',
  directives: {
    mp4_limit_rate: { in: http | server | location, args: take1, value: { kind: 'custom' } },
    mp4_limit_rate_after: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
  },
});

/** The directives of ngx_stream_mqtt_preread_module (angie). */
export const angieStreamMqttPreread = defineModule({
  name: 'ngx_stream_mqtt_preread_module',
  package: 'angie',
  directives: {
    mqtt_preread: { in: stream | streamServer, args: take1, value: { kind: 'flag' }, repeat: 'no' },
  },
});

/** The directives of ngx_http_log_module (angie). */
export const angieHttpLog = defineModule({
  name: 'ngx_http_log_module',
  package: 'angie',
  directives: {
    open_log_file_cache: { in: http | server | location, args: take123, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_stream_log_module (angie). */
export const angieStreamLog = defineModule({
  name: 'ngx_stream_log_module',
  package: 'angie',
  directives: {
    open_log_file_cache: { in: stream | streamServer, args: take123, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_prometheus_module (angie). */
export const angieHttpPrometheus = defineModule({
  name: 'ngx_http_prometheus_module',
  package: 'angie',
  directives: {
    prometheus: { in: location, args: take1, value: { kind: 'custom' } },
    prometheus_template: { in: http, args: take1, block: { data: 'prometheus_template' }, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_http_proxy_module (angie). */
export const angieHttpProxy = defineModule({
  name: 'ngx_http_proxy_module',
  package: 'angie',
  directives: {
    proxy_connection_drop: { in: http | server | location, args: take1, value: { kind: 'custom' } },
    proxy_cookie_flags: { in: http | server | location, args: take123, value: { kind: 'custom' } },
    proxy_http3_hq: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    proxy_http3_max_concurrent_streams: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no' },
    proxy_http3_max_table_capacity: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no' },
    proxy_http3_stream_buffer_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no' },
    proxy_http_version: { in: http | server | location | ifInLocation | limitExcept, args: take1, value: { kind: 'enum', values: ['1.0', '1.1', '2', '3'] }, repeat: 'no' },
    proxy_quic_active_connection_id_limit: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no' },
    proxy_quic_gso: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    proxy_quic_host_key: { in: http | server | location, args: take1, value: { kind: 'custom' } },
    proxy_ssl_certificate: { in: http | server | location, args: take12, value: { kind: 'custom' } },
    proxy_ssl_certificate_key: { in: http | server | location, args: take12, value: { kind: 'custom' } },
    proxy_ssl_keylog_file: { in: http | server | location, args: take1, value: { kind: 'custom' } },
    proxy_ssl_ntls: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    proxy_temp_path: { in: http | server | location, args: take123, value: { kind: 'path', levels: true }, repeat: 'no' },
  },
});

/** The directives of ngx_stream_proxy_module (angie). */
export const angieStreamProxy = defineModule({
  name: 'ngx_stream_proxy_module',
  package: 'angie',
  directives: {
    proxy_connection_drop: { in: stream | streamServer, args: take1, value: { kind: 'custom' } },
    proxy_protocol_tlv: { in: stream | streamServer, args: take2, value: { kind: 'custom' } },
    proxy_protocol_version: { in: stream | streamServer, args: take1, value: { kind: 'enum', values: ['1', '2'] }, repeat: 'no' },
    proxy_ssl_certificate: { in: stream | streamServer, args: take12, value: { kind: 'custom' } },
    proxy_ssl_certificate_key: { in: stream | streamServer, args: take12, value: { kind: 'custom' } },
    proxy_ssl_keylog_file: { in: stream | streamServer, args: take1, value: { kind: 'custom' } },
    proxy_ssl_ntls: { in: stream | streamServer, args: take1, value: { kind: 'flag' }, repeat: 'no' },
  },
});

/** The directives of ngx_stream_rdp_preread_module (angie). */
export const angieStreamRdpPreread = defineModule({
  name: 'ngx_stream_rdp_preread_module',
  package: 'angie',
  directives: {
    rdp_preread: { in: stream | streamServer, args: take1, value: { kind: 'flag' }, repeat: 'no' },
  },
});

/** The directives of ngx_http_upstream_module (angie). */
export const angieHttpUpstream = defineModule({
  name: 'ngx_http_upstream_module',
  package: 'angie',
  directives: {
    response_time_factor: { in: upstream, args: take1, value: { kind: 'number' }, repeat: 'no' },
  },
});

/** The directives of ngx_stream_upstream_module (angie). */
export const angieStreamUpstream = defineModule({
  name: 'ngx_stream_upstream_module',
  package: 'angie',
  directives: {
    response_time_factor: { in: streamUpstream, args: take1, value: { kind: 'number' }, repeat: 'no' },
  },
});

/** The directives of ngx_http_scgi_module (angie). */
export const angieHttpScgi = defineModule({
  name: 'ngx_http_scgi_module',
  package: 'angie',
  directives: {
    scgi_connection_drop: { in: http | server | location, args: take1, value: { kind: 'custom' } },
    scgi_temp_path: { in: http | server | location, args: take123, value: { kind: 'path', levels: true }, repeat: 'no' },
  },
});

/** The directives of ngx_http_ssl_module (angie). */
export const angieHttpSsl = defineModule({
  name: 'ngx_http_ssl_module',
  package: 'angie',
  directives: {
    ssl_certificate: { in: http | server, args: take12, value: { kind: 'custom' } },
    ssl_certificate_key: { in: http | server, args: take12, value: { kind: 'custom' } },
    ssl_encrypted_hello_key: { in: http | server, args: take1, value: { kind: 'string' } },
    ssl_keylog_file: { in: http | server, args: take1, value: { kind: 'custom' } },
    ssl_ntls: { in: http | server, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    ssl_trusted_certificate: { in: http | server, args: take1, value: { kind: 'string' }, repeat: 'no' },
  },
});

/** The directives of ngx_stream_ssl_module (angie). */
export const angieStreamSsl = defineModule({
  name: 'ngx_stream_ssl_module',
  package: 'angie',
  directives: {
    ssl_certificate: { in: stream | streamServer, args: take12, value: { kind: 'custom' } },
    ssl_certificate_key: { in: stream | streamServer, args: take12, value: { kind: 'custom' } },
    ssl_early_data: { in: stream | streamServer, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    ssl_encrypted_hello_key: { in: stream | streamServer, args: take1, value: { kind: 'string' } },
    ssl_keylog_file: { in: stream | streamServer, args: take1, value: { kind: 'custom' } },
    ssl_ntls: { in: stream | streamServer, args: take1, value: { kind: 'flag' }, repeat: 'no' },
  },
});

/** The directives of ngx_stream_upstream_sticky_module (angie). */
export const angieStreamUpstreamSticky = defineModule({
  name: 'ngx_stream_upstream_sticky_module',
  package: 'angie',
  directives: {
    sticky: { in: streamUpstream, args: twoOrMore, value: { kind: 'custom' } },
    sticky_secret: { in: streamUpstream, args: take1, value: { kind: 'complex' }, repeat: 'no' },
    sticky_strict: { in: streamUpstream, args: take1, value: { kind: 'flag' }, repeat: 'no' },
  },
});

/** The directives of ngx_http_upstream_sticky_module (angie). */
export const angieHttpUpstreamSticky = defineModule({
  name: 'ngx_http_upstream_sticky_module',
  package: 'angie',
  directives: {
    sticky_secret: { in: upstream, args: take1, value: { kind: 'complex' }, repeat: 'no' },
    sticky_strict: { in: upstream, args: take1, value: { kind: 'flag' }, repeat: 'no' },
  },
});

/** The directives of ngx_http_uwsgi_module (angie). */
export const angieHttpUwsgi = defineModule({
  name: 'ngx_http_uwsgi_module',
  package: 'angie',
  directives: {
    uwsgi_connection_drop: { in: http | server | location, args: take1, value: { kind: 'custom' } },
    uwsgi_temp_path: { in: http | server | location, args: take123, value: { kind: 'path', levels: true }, repeat: 'no' },
  },
});
