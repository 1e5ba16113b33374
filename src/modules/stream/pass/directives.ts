import { take1 } from '../../../schema/arity.ts';
import { streamServer } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_stream_pass_module. */
export const streamPass = defineModule({
  name: 'ngx_stream_pass_module',
  directives: {
    pass: { in: streamServer, args: take1, value: { kind: 'address', variables: true }, repeat: 'no', merge: 'own', since: '1.25.5', doc: 'en/docs/stream/ngx_stream_pass_module.html#pass' },
  },
});
