import { none, take1 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_mp4_module. */
export const httpMp4 = defineModule({
  name: 'ngx_http_mp4_module',
  directives: {
    mp4: { in: location, args: none, value: { kind: 'none' }, repeat: 'idempotent', merge: 'if', since: '1.1.3', doc: 'en/docs/http/ngx_http_mp4_module.html#mp4' },
    mp4_buffer_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['512K'], since: '1.1.3', doc: 'en/docs/http/ngx_http_mp4_module.html#mp4_buffer_size' },
    mp4_limit_rate: { in: http | server | location, args: take1, value: { kind: 'custom' }, default: ['off'], commercial: true, doc: 'en/docs/http/ngx_http_mp4_module.html#mp4_limit_rate' },
    mp4_limit_rate_after: { in: http | server | location, args: take1, value: { kind: 'time' }, default: ['60s'], commercial: true, doc: 'en/docs/http/ngx_http_mp4_module.html#mp4_limit_rate_after' },
    mp4_max_buffer_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['10M'], since: '1.1.3', doc: 'en/docs/http/ngx_http_mp4_module.html#mp4_max_buffer_size' },
    mp4_start_key_frame: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.21.4', doc: 'en/docs/http/ngx_http_mp4_module.html#mp4_start_key_frame' },
  },
});
