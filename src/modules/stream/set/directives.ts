import { take2 } from '../../../schema/arity.ts';
import { streamServer } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_stream_set_module. */
export const streamSet = defineModule({
  name: 'ngx_stream_set_module',
  directives: {
    set: { in: streamServer, args: take2, value: { kind: 'custom' }, repeat: 'sequential', merge: 'own', since: '1.19.3', doc: 'en/docs/stream/ngx_stream_set_module.html#set' },
  },
});
