import { take1 } from '../../../schema/arity.ts';
import { streamServer } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_stream_return_module. */
export const streamReturn = defineModule({
  name: 'ngx_stream_return_module',
  directives: {
    return: { in: streamServer, args: take1, value: { kind: 'custom' }, repeat: 'no', merge: 'own', since: '1.11.2', doc: 'en/docs/stream/ngx_stream_return_module.html#return' },
  },
});
