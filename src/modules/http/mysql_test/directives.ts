import { take1 } from '../../../schema/arity.ts';
import { location } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_mysql_test_module. */
export const httpMysqlTest = defineModule({
  name: 'ngx_http_mysql_test_module',
  directives: {
    mysql_test: { in: location, args: take1, value: { kind: 'custom' }, since: '0.3.48', until: '1.9.14' },
  },
});
