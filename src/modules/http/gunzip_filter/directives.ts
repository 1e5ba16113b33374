import { take1, take2 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { value } from '../../../schema/setting.ts';
import { readFlag } from '../../../schema/values/flag.ts';

/** The directives of ngx_http_gunzip_filter_module. */
export const httpGunzipFilter = defineModule({
  name: 'ngx_http_gunzip_filter_module',
  settings: {
    enabled: value(false),
  },
  directives: {
    gunzip: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.3.6', doc: 'en/docs/http/ngx_http_gunzip_module.html#gunzip', sets: 'enabled', read: readFlag },
    gunzip_buffers: { in: http | server | location, args: take2, value: { kind: 'bufs' }, repeat: 'no', default: ['32 4k|16 8k'], since: '1.3.6', doc: 'en/docs/http/ngx_http_gunzip_module.html#gunzip_buffers' },
  },
});
