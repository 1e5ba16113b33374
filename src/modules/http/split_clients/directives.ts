import { take2 } from '../../../schema/arity.ts';
import { http } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_split_clients_module. */
export const httpSplitClients = defineModule({
  name: 'ngx_http_split_clients_module',
  directives: {
    split_clients: { in: http, args: take2, block: { data: 'split_clients' }, value: { kind: 'grammar', grammar: 'split_clients' }, repeat: 'yes', merge: 'own', since: '0.8.37', doc: 'en/docs/http/ngx_http_split_clients_module.html#split_clients' },
  },
});
