import { take1 } from '../../../schema/arity.ts';
import { stream, streamServer } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_stream_realip_module. */
export const streamRealip = defineModule({
  name: 'ngx_stream_realip_module',
  directives: {
    set_real_ip_from: { in: stream | streamServer, args: take1, value: { kind: 'cidr', values: ['unix:'], hostname: true }, repeat: 'yes', merge: 'list', since: '1.11.4', doc: 'en/docs/stream/ngx_stream_realip_module.html#set_real_ip_from' },
  },
});
