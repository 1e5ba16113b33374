import { oneOrMore, take1, take2 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_modsecurity_module (modsecurity). */
export const httpModsecurity = defineModule({
  name: 'ngx_http_modsecurity_module',
  package: 'modsecurity',
  directives: {
    modsecurity: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    modsecurity_rules: { in: http | server | location, args: take1, value: { kind: 'custom' } },
    modsecurity_rules_file: { in: http | server | location, args: take1, value: { kind: 'custom' } },
    modsecurity_rules_remote: { in: http | server | location, args: take2, value: { kind: 'custom' } },
    modsecurity_transaction_id: { in: http | server | location, args: oneOrMore, value: { kind: 'custom' } },
  },
});
