import { take1 } from '../../../schema/arity.ts';
import { stream, streamServer } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_stream_ssl_preread_module. */
export const streamSslPreread = defineModule({
  name: 'ngx_stream_ssl_preread_module',
  directives: {
    ssl_preread: { in: stream | streamServer, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.11.5', doc: 'en/docs/stream/ngx_stream_ssl_preread_module.html#ssl_preread' },
  },
});
