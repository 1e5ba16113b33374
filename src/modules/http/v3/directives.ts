import { take1 } from '../../../schema/arity.ts';
import { http, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_v3_module. */
export const httpV3 = defineModule({
  name: 'ngx_http_v3_module',
  directives: {
    http3: { in: http | server, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['on'], since: '1.25.0', doc: 'en/docs/http/ngx_http_v3_module.html#http3' },
    http3_hq: { in: http | server, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.25.0', doc: 'en/docs/http/ngx_http_v3_module.html#http3_hq' },
    http3_max_concurrent_streams: { in: http | server, args: take1, value: { kind: 'number' }, repeat: 'no', default: ['128'], since: '1.25.0', doc: 'en/docs/http/ngx_http_v3_module.html#http3_max_concurrent_streams' },
    http3_stream_buffer_size: { in: http | server, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['64k'], since: '1.25.0', doc: 'en/docs/http/ngx_http_v3_module.html#http3_stream_buffer_size' },
    quic_active_connection_id_limit: { in: http | server, args: take1, value: { kind: 'number' }, repeat: 'no', default: ['2'], since: '1.25.0', doc: 'en/docs/http/ngx_http_v3_module.html#quic_active_connection_id_limit' },
    quic_gso: { in: http | server, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.25.0', doc: 'en/docs/http/ngx_http_v3_module.html#quic_gso' },
    quic_host_key: { in: http | server, args: take1, value: { kind: 'custom', file: 'conf' }, repeat: 'no', since: '1.25.0', doc: 'en/docs/http/ngx_http_v3_module.html#quic_host_key' },
    quic_retry: { in: http | server, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.25.0', doc: 'en/docs/http/ngx_http_v3_module.html#quic_retry' },
  },
});
