import { take1 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_v2_module. */
export const httpV2 = defineModule({
  name: 'ngx_http_v2_module',
  directives: {
    http2: { in: http | server, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.25.1', doc: 'en/docs/http/ngx_http_v2_module.html#http2' },
    http2_body_preread_size: { in: http | server, args: take1, value: { kind: 'size', max: 2147483647 }, repeat: 'no', default: ['64k'], since: '1.11.0', doc: 'en/docs/http/ngx_http_v2_module.html#http2_body_preread_size' },
    http2_chunk_size: { in: http | server | location, args: take1, value: { kind: 'size', min: 1, max: 16777215 }, repeat: 'no', default: ['8k'], since: '1.9.5', doc: 'en/docs/http/ngx_http_v2_module.html#http2_chunk_size' },
    http2_idle_timeout: { in: http | server, args: take1, value: { kind: 'ignored' }, repeat: 'ignored', default: ['3m'], since: '1.9.5', deprecated: { since: '1.19.7', replacement: 'keepalive_timeout', effect: 'ignored' }, doc: 'en/docs/http/ngx_http_v2_module.html#http2_idle_timeout' },
    http2_max_concurrent_pushes: { in: http | server, args: take1, value: { kind: 'ignored' }, repeat: 'ignored', default: ['10'], since: '1.13.9', deprecated: { since: '1.25.1', effect: 'ignored' }, changes: [{ before: '1.25.1', value: { kind: 'number' }, repeat: 'no' }], doc: 'en/docs/http/ngx_http_v2_module.html#http2_max_concurrent_pushes' },
    http2_max_concurrent_streams: { in: http | server, args: take1, value: { kind: 'number' }, repeat: 'no', default: ['128'], since: '1.9.5', doc: 'en/docs/http/ngx_http_v2_module.html#http2_max_concurrent_streams' },
    http2_max_field_size: { in: http | server, args: take1, value: { kind: 'ignored' }, repeat: 'ignored', default: ['4k'], since: '1.9.5', deprecated: { since: '1.19.7', replacement: 'large_client_header_buffers', effect: 'ignored' }, doc: 'en/docs/http/ngx_http_v2_module.html#http2_max_field_size' },
    http2_max_header_size: { in: http | server, args: take1, value: { kind: 'ignored' }, repeat: 'ignored', default: ['16k'], since: '1.9.5', deprecated: { since: '1.19.7', replacement: 'large_client_header_buffers', effect: 'ignored' }, doc: 'en/docs/http/ngx_http_v2_module.html#http2_max_header_size' },
    http2_max_requests: { in: http | server, args: take1, value: { kind: 'ignored' }, repeat: 'ignored', default: ['1000'], since: '1.11.6', deprecated: { since: '1.19.7', replacement: 'keepalive_requests', effect: 'ignored' }, doc: 'en/docs/http/ngx_http_v2_module.html#http2_max_requests' },
    http2_pool_size: { in: http | server, args: take1, value: { kind: 'size', min: 64, multipleOf: 16 }, repeat: 'no', since: '1.9.5' },
    http2_push: { in: http | server | location, args: take1, value: { kind: 'ignored' }, repeat: 'ignored', default: ['off'], since: '1.13.9', deprecated: { since: '1.25.1', effect: 'ignored' }, doc: 'en/docs/http/ngx_http_v2_module.html#http2_push' },
    http2_push_preload: { in: http | server | location, args: take1, value: { kind: 'ignored' }, repeat: 'ignored', default: ['off'], since: '1.13.9', deprecated: { since: '1.25.1', effect: 'ignored' }, changes: [{ before: '1.25.1', value: { kind: 'flag' }, repeat: 'no' }], doc: 'en/docs/http/ngx_http_v2_module.html#http2_push_preload' },
    http2_recv_buffer_size: { in: http, args: take1, value: { kind: 'size', min: 1024 }, repeat: 'no', merge: 'own', default: ['256k'], since: '1.9.5', doc: 'en/docs/http/ngx_http_v2_module.html#http2_recv_buffer_size' },
    http2_recv_timeout: { in: http | server, args: take1, value: { kind: 'ignored' }, repeat: 'ignored', default: ['30s'], since: '1.9.5', deprecated: { since: '1.19.7', replacement: 'client_header_timeout', effect: 'ignored' }, doc: 'en/docs/http/ngx_http_v2_module.html#http2_recv_timeout' },
    http2_streams_index_size: { in: http | server, args: take1, value: { kind: 'number', powerOfTwo: true }, repeat: 'no', since: '1.9.5' },
    spdy_chunk_size: { in: http | server | location, args: take1, value: { kind: 'custom' }, since: '1.5.9', until: '1.19.7', deprecated: { since: '1.9.5', replacement: 'http2_chunk_size', effect: 'ignored' } },
    spdy_headers_comp: { in: http | server, args: take1, value: { kind: 'custom' }, since: '1.3.15', until: '1.19.7', deprecated: { since: '1.9.5', effect: 'ignored' } },
    spdy_keepalive_timeout: { in: http | server, args: take1, value: { kind: 'custom' }, since: '1.3.15', until: '1.19.7', deprecated: { since: '1.9.5', replacement: 'keepalive_timeout', effect: 'ignored' } },
    spdy_max_concurrent_streams: { in: http | server, args: take1, value: { kind: 'custom' }, since: '1.3.15', until: '1.19.7', deprecated: { since: '1.9.5', replacement: 'http2_max_concurrent_streams', effect: 'ignored' } },
    spdy_pool_size: { in: http | server, args: take1, value: { kind: 'custom' }, since: '1.3.15', until: '1.19.7', deprecated: { since: '1.9.5', effect: 'ignored' } },
    spdy_recv_buffer_size: { in: http, args: take1, value: { kind: 'custom' }, since: '1.3.15', until: '1.19.7', deprecated: { since: '1.9.5', replacement: 'http2_recv_buffer_size', effect: 'ignored' } },
    spdy_recv_timeout: { in: http | server, args: take1, value: { kind: 'custom' }, since: '1.3.15', until: '1.19.7', deprecated: { since: '1.9.5', replacement: 'client_header_timeout', effect: 'ignored' } },
    spdy_streams_index_size: { in: http | server, args: take1, value: { kind: 'custom' }, since: '1.3.15', until: '1.19.7', deprecated: { since: '1.9.5', effect: 'ignored' } },
  },
});
