import { take2 } from '../../../schema/arity.ts';
import { stream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_stream_split_clients_module. */
export const streamSplitClients = defineModule({
  name: 'ngx_stream_split_clients_module',
  directives: {
    split_clients: { in: stream, args: take2, block: { data: 'split_clients' }, value: { kind: 'grammar', grammar: 'split_clients' }, repeat: 'yes', merge: 'own', since: '1.11.3', doc: 'en/docs/stream/ngx_stream_split_clients_module.html#split_clients' },
  },
});
