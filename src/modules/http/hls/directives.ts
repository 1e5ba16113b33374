import { none, take1, take2 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_hls_module. */
export const httpHls = defineModule({
  name: 'ngx_http_hls_module',
  directives: {
    hls: { in: location, args: none, value: { kind: 'none' }, commercial: true, doc: 'en/docs/http/ngx_http_hls_module.html#hls' },
    hls_buffers: { in: http | server | location, args: take2, value: { kind: 'bufs' }, default: ['8 2m'], commercial: true, doc: 'en/docs/http/ngx_http_hls_module.html#hls_buffers' },
    hls_forward_args: { in: http | server | location, args: take1, value: { kind: 'flag' }, default: ['off'], since: '1.5.12', commercial: true, doc: 'en/docs/http/ngx_http_hls_module.html#hls_forward_args' },
    hls_fragment: { in: http | server | location, args: take1, value: { kind: 'time' }, default: ['5s'], commercial: true, doc: 'en/docs/http/ngx_http_hls_module.html#hls_fragment' },
    hls_mp4_buffer_size: { in: http | server | location, args: take1, value: { kind: 'size' }, default: ['512k'], commercial: true, doc: 'en/docs/http/ngx_http_hls_module.html#hls_mp4_buffer_size' },
    hls_mp4_max_buffer_size: { in: http | server | location, args: take1, value: { kind: 'size' }, default: ['10m'], commercial: true, doc: 'en/docs/http/ngx_http_hls_module.html#hls_mp4_max_buffer_size' },
  },
});
