import { none, take1 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { handlerOf, value } from '../../../schema/setting.ts';
import { present } from '../../../schema/values/enum.ts';
import { readFlag } from '../../../schema/values/flag.ts';
import { readSize } from '../../../schema/values/size.ts';

/** The directives of ngx_http_mp4_module. */
export const httpMp4 = defineModule({
  name: 'ngx_http_mp4_module',
  settings: {
    bufferSize: value(512 * 1024),
    enabled: handlerOf<true>(),
    maxBufferSize: value(10 * 1024 ** 2),
    startKeyFrame: value(false),
  },
  directives: {
    mp4: { in: location, args: none, value: { kind: 'none' }, repeat: 'idempotent', since: '1.1.3', doc: 'en/docs/http/ngx_http_mp4_module.html#mp4', sets: 'enabled', read: present },
    mp4_buffer_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['512K'], since: '1.1.3', doc: 'en/docs/http/ngx_http_mp4_module.html#mp4_buffer_size', sets: 'bufferSize', read: readSize },
    mp4_limit_rate: { in: http | server | location, args: take1, value: { kind: 'custom' }, default: ['off'], commercial: true, doc: 'en/docs/http/ngx_http_mp4_module.html#mp4_limit_rate' },
    mp4_limit_rate_after: { in: http | server | location, args: take1, value: { kind: 'time' }, default: ['60s'], commercial: true, doc: 'en/docs/http/ngx_http_mp4_module.html#mp4_limit_rate_after' },
    mp4_max_buffer_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['10M'], since: '1.1.3', doc: 'en/docs/http/ngx_http_mp4_module.html#mp4_max_buffer_size', sets: 'maxBufferSize', read: readSize },
    mp4_start_key_frame: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.21.4', doc: 'en/docs/http/ngx_http_mp4_module.html#mp4_start_key_frame', sets: 'startKeyFrame', read: readFlag },
  },
});
