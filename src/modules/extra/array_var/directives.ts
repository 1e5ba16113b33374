import { take23, twoOrMore } from '../../../schema/arity.ts';
import { http, ifInLocation, ifInServer, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_array_var_module (array-var). */
export const httpArrayVar = defineModule({
  name: 'ngx_http_array_var_module',
  package: 'array-var',
  directives: {
    array_join: { in: http | server | location | ifInServer | ifInLocation, args: take23, value: { kind: 'custom' } },
    array_map: { in: http | server | location | ifInServer | ifInLocation, args: take23, value: { kind: 'custom' } },
    array_map_op: { in: http | server | location | ifInServer | ifInLocation, args: take23, value: { kind: 'custom' } },
    array_split: { in: http | server | location | ifInServer | ifInLocation, args: twoOrMore, value: { kind: 'custom' } },
  },
});
