import { take1, take2 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_gunzip_filter_module. */
export const httpGunzipFilter = defineModule({
  name: 'ngx_http_gunzip_filter_module',
  directives: {
    gunzip: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.3.6', doc: 'en/docs/http/ngx_http_gunzip_module.html#gunzip' },
    gunzip_buffers: { in: http | server | location, args: take2, value: { kind: 'bufs' }, repeat: 'no', default: ['32 4k|16 8k'], since: '1.3.6', doc: 'en/docs/http/ngx_http_gunzip_module.html#gunzip_buffers' },
  },
});
