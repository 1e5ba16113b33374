import { anyNumber, oneOrMore, take1, take12, take123, take13, take23 } from '../../../schema/arity.ts';
import { http, ifInLocation, limitExcept, location, main, server, stream, streamServer } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_js_module. */
export const httpJs = defineModule({
  name: 'ngx_http_js_module',
  directives: {
    js_access: { in: location | ifInLocation | limitExcept, args: take1, value: { kind: 'custom' }, since: '0.9.9', doc: 'en/docs/http/ngx_http_js_module.html#js_access' },
    js_body_filter: { in: location | ifInLocation | limitExcept, args: take12, value: { kind: 'custom' }, since: '0.5.2', doc: 'en/docs/http/ngx_http_js_module.html#js_body_filter' },
    js_content: { in: location | ifInLocation | limitExcept, args: take1, value: { kind: 'custom' }, doc: 'en/docs/http/ngx_http_js_module.html#js_content' },
    js_context_reuse: { in: http | server | location, args: take1, value: { kind: 'size' }, default: ['128'], since: '0.8.6', doc: 'en/docs/http/ngx_http_js_module.html#js_context_reuse' },
    js_context_reuse_max_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no' },
    js_engine: { in: http | server | location, args: take1, value: { kind: 'custom' }, default: ['njs'], since: '0.8.6', doc: 'en/docs/http/ngx_http_js_module.html#js_engine' },
    js_fetch_buffer_size: { in: http | server | location, args: take1, value: { kind: 'size' }, default: ['16k'], since: '0.7.4', doc: 'en/docs/http/ngx_http_js_module.html#js_fetch_buffer_size' },
    js_fetch_ciphers: { in: http | server | location, args: take1, value: { kind: 'string' }, default: ['HIGH:!aNULL:!MD5'], since: '0.7.0', doc: 'en/docs/http/ngx_http_js_module.html#js_fetch_ciphers' },
    js_fetch_keepalive: { in: http | server | location, args: take1, value: { kind: 'number' }, default: ['0'], since: '0.9.2', doc: 'en/docs/http/ngx_http_js_module.html#js_fetch_keepalive' },
    js_fetch_keepalive_requests: { in: http | server | location, args: take1, value: { kind: 'number' }, default: ['1000'], since: '0.9.2', doc: 'en/docs/http/ngx_http_js_module.html#js_fetch_keepalive_requests' },
    js_fetch_keepalive_time: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, default: ['1h'], since: '0.9.2', doc: 'en/docs/http/ngx_http_js_module.html#js_fetch_keepalive_time' },
    js_fetch_keepalive_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, default: ['60s'], since: '0.9.2', doc: 'en/docs/http/ngx_http_js_module.html#js_fetch_keepalive_timeout' },
    js_fetch_max_response_buffer_size: { in: http | server | location, args: take1, value: { kind: 'size' }, default: ['1m'], since: '0.7.4', doc: 'en/docs/http/ngx_http_js_module.html#js_fetch_max_response_buffer_size' },
    js_fetch_protocols: { in: http | server | location, args: oneOrMore, value: { kind: 'bitmask', values: ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] }, default: ['TLSv1 TLSv1.1 TLSv1.2'], since: '0.7.0', doc: 'en/docs/http/ngx_http_js_module.html#js_fetch_protocols' },
    js_fetch_proxy: { in: http | server | location, args: take1, value: { kind: 'custom' }, since: '0.9.4', doc: 'en/docs/http/ngx_http_js_module.html#js_fetch_proxy' },
    js_fetch_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, default: ['60s'], since: '0.7.4', doc: 'en/docs/http/ngx_http_js_module.html#js_fetch_timeout' },
    js_fetch_trusted_certificate: { in: http | server | location, args: take1, value: { kind: 'string' }, since: '0.7.0', doc: 'en/docs/http/ngx_http_js_module.html#js_fetch_trusted_certificate' },
    js_fetch_verify: { in: http | server | location, args: take1, value: { kind: 'flag' }, default: ['on'], since: '0.7.4', doc: 'en/docs/http/ngx_http_js_module.html#js_fetch_verify' },
    js_fetch_verify_depth: { in: http | server | location, args: take1, value: { kind: 'number' }, default: ['100'], since: '0.7.0', doc: 'en/docs/http/ngx_http_js_module.html#js_fetch_verify_depth' },
    js_header_filter: { in: location | ifInLocation | limitExcept, args: take1, value: { kind: 'string' }, since: '0.5.1', doc: 'en/docs/http/ngx_http_js_module.html#js_header_filter' },
    js_import: { in: http | server | location, args: take13, value: { kind: 'custom' }, since: '0.4.0', doc: 'en/docs/http/ngx_http_js_module.html#js_import' },
    js_include: { in: http, args: take1, value: { kind: 'path' }, until: '0.7.1', deprecated: { since: '0.4.0', replacement: 'js_import' }, doc: 'en/docs/http/ngx_http_js_module.html#js_include' },
    js_load_http_native_module: { in: main, args: take123, value: { kind: 'custom' }, since: '0.9.5', doc: 'en/docs/http/ngx_http_js_module.html#js_load_http_native_module' },
    js_path: { in: http | server | location, args: take1, value: { kind: 'string' }, since: '0.3.0', doc: 'en/docs/http/ngx_http_js_module.html#js_path' },
    js_periodic: { in: location, args: anyNumber, value: { kind: 'custom' }, since: '0.8.1', doc: 'en/docs/http/ngx_http_js_module.html#js_periodic' },
    js_preload_object: { in: http | server | location, args: take13, value: { kind: 'custom' }, since: '0.7.8', doc: 'en/docs/http/ngx_http_js_module.html#js_preload_object' },
    js_set: { in: http | server | location, args: take23, value: { kind: 'custom' }, doc: 'en/docs/http/ngx_http_js_module.html#js_set' },
    js_shared_dict_zone: { in: http, args: oneOrMore, value: { kind: 'custom' }, since: '0.8.0', doc: 'en/docs/http/ngx_http_js_module.html#js_shared_dict_zone' },
    js_var: { in: http | server | location, args: take12, value: { kind: 'custom' }, since: '0.5.3', doc: 'en/docs/http/ngx_http_js_module.html#js_var' },
  },
});

/** The directives of ngx_stream_js_module. */
export const streamJs = defineModule({
  name: 'ngx_stream_js_module',
  directives: {
    js_access: { in: stream | streamServer, args: take1, value: { kind: 'string' }, doc: 'en/docs/stream/ngx_stream_js_module.html#js_access' },
    js_context_reuse: { in: stream | streamServer, args: take1, value: { kind: 'size' }, default: ['128'], since: '0.8.6', doc: 'en/docs/stream/ngx_stream_js_module.html#js_context_reuse' },
    js_context_reuse_max_size: { in: stream | streamServer, args: take1, value: { kind: 'size' }, repeat: 'no' },
    js_engine: { in: stream | streamServer, args: oneOrMore, value: { kind: 'custom' }, default: ['njs'], since: '0.8.6', doc: 'en/docs/stream/ngx_stream_js_module.html#js_engine' },
    js_fetch_buffer_size: { in: stream | streamServer, args: take1, value: { kind: 'size' }, default: ['16k'], since: '0.7.4', doc: 'en/docs/stream/ngx_stream_js_module.html#js_fetch_buffer_size' },
    js_fetch_ciphers: { in: stream | streamServer, args: take1, value: { kind: 'string' }, default: ['HIGH:!aNULL:!MD5'], since: '0.7.0', doc: 'en/docs/stream/ngx_stream_js_module.html#js_fetch_ciphers' },
    js_fetch_keepalive: { in: stream | streamServer, args: take1, value: { kind: 'number' }, default: ['0'], since: '0.9.2', doc: 'en/docs/stream/ngx_stream_js_module.html#js_fetch_keepalive' },
    js_fetch_keepalive_requests: { in: stream | streamServer, args: take1, value: { kind: 'number' }, default: ['1000'], since: '0.9.2', doc: 'en/docs/stream/ngx_stream_js_module.html#js_fetch_keepalive_requests' },
    js_fetch_keepalive_time: { in: stream | streamServer, args: take1, value: { kind: 'time', unit: 'ms' }, default: ['1h'], since: '0.9.2', doc: 'en/docs/stream/ngx_stream_js_module.html#js_fetch_keepalive_time' },
    js_fetch_keepalive_timeout: { in: stream | streamServer, args: take1, value: { kind: 'time', unit: 'ms' }, default: ['60s'], since: '0.9.2', doc: 'en/docs/stream/ngx_stream_js_module.html#js_fetch_keepalive_timeout' },
    js_fetch_max_response_buffer_size: { in: stream | streamServer, args: take1, value: { kind: 'size' }, default: ['1m'], since: '0.7.4', doc: 'en/docs/stream/ngx_stream_js_module.html#js_fetch_max_response_buffer_size' },
    js_fetch_protocols: { in: stream | streamServer, args: oneOrMore, value: { kind: 'bitmask', values: ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] }, default: ['TLSv1 TLSv1.1 TLSv1.2'], since: '0.7.0', doc: 'en/docs/stream/ngx_stream_js_module.html#js_fetch_protocols' },
    js_fetch_proxy: { in: stream | streamServer, args: take1, value: { kind: 'custom' }, since: '0.9.4', doc: 'en/docs/stream/ngx_stream_js_module.html#js_fetch_proxy' },
    js_fetch_timeout: { in: stream | streamServer, args: take1, value: { kind: 'time', unit: 'ms' }, default: ['60s'], since: '0.7.4', doc: 'en/docs/stream/ngx_stream_js_module.html#js_fetch_timeout' },
    js_fetch_trusted_certificate: { in: stream | streamServer, args: take1, value: { kind: 'string' }, since: '0.7.0', doc: 'en/docs/stream/ngx_stream_js_module.html#js_fetch_trusted_certificate' },
    js_fetch_verify: { in: stream | streamServer, args: take1, value: { kind: 'flag' }, default: ['on'], since: '0.7.4', doc: 'en/docs/stream/ngx_stream_js_module.html#js_fetch_verify' },
    js_fetch_verify_depth: { in: stream | streamServer, args: take1, value: { kind: 'number' }, default: ['100'], since: '0.7.0', doc: 'en/docs/stream/ngx_stream_js_module.html#js_fetch_verify_depth' },
    js_filter: { in: stream | streamServer, args: take1, value: { kind: 'string' }, doc: 'en/docs/stream/ngx_stream_js_module.html#js_filter' },
    js_import: { in: stream | streamServer, args: take13, value: { kind: 'custom' }, since: '0.4.0', doc: 'en/docs/stream/ngx_stream_js_module.html#js_import' },
    js_include: { in: stream, args: take1, value: { kind: 'path' }, until: '0.7.1', deprecated: { since: '0.4.0', replacement: 'js_import' }, doc: 'en/docs/stream/ngx_stream_js_module.html#js_include' },
    js_load_stream_native_module: { in: main, args: take123, value: { kind: 'custom' }, since: '0.9.5', doc: 'en/docs/stream/ngx_stream_js_module.html#js_load_stream_native_module' },
    js_path: { in: stream | streamServer, args: take1, value: { kind: 'string' }, since: '0.3.0', doc: 'en/docs/stream/ngx_stream_js_module.html#js_path' },
    js_periodic: { in: streamServer, args: anyNumber, value: { kind: 'custom' }, since: '0.8.1', doc: 'en/docs/stream/ngx_stream_js_module.html#js_periodic' },
    js_preload_object: { in: stream | streamServer, args: take13, value: { kind: 'custom' }, since: '0.7.8', doc: 'en/docs/stream/ngx_stream_js_module.html#js_preload_object' },
    js_preread: { in: stream | streamServer, args: take1, value: { kind: 'string' }, doc: 'en/docs/stream/ngx_stream_js_module.html#js_preread' },
    js_set: { in: stream | streamServer, args: take23, value: { kind: 'custom' }, doc: 'en/docs/stream/ngx_stream_js_module.html#js_set' },
    js_shared_dict_zone: { in: stream, args: oneOrMore, value: { kind: 'custom' }, since: '0.8.0', doc: 'en/docs/stream/ngx_stream_js_module.html#js_shared_dict_zone' },
    js_var: { in: stream | streamServer, args: take12, value: { kind: 'custom' }, since: '0.5.3', doc: 'en/docs/stream/ngx_stream_js_module.html#js_var' },
  },
});

/** The directives of ngx_http_js_core_module. */
export const httpJsCore = defineModule({
  name: 'ngx_http_js_core_module',
  directives: {
    js_load_http_native_module: { in: main, args: take13, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_stream_js_core_module. */
export const streamJsCore = defineModule({
  name: 'ngx_stream_js_core_module',
  directives: {
    js_load_stream_native_module: { in: main, args: take13, value: { kind: 'custom' } },
  },
});
