import { none } from '../../../schema/arity.ts';
import { main, stream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_stream_module. */
export const streamModule = defineModule({
  name: 'ngx_stream_module',
  directives: {
    stream: { in: main, args: none, block: { opens: stream }, value: { kind: 'custom' }, repeat: 'no', merge: 'own', since: '1.9.0', doc: 'en/docs/stream/ngx_stream_core_module.html#stream' },
  },
});
