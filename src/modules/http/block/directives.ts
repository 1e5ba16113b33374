import { none } from '../../../schema/arity.ts';
import { http, main } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_module. */
export const httpModule = defineModule({
  name: 'ngx_http_module',
  directives: {
    http: { in: main, args: none, block: { opens: http }, value: { kind: 'custom' }, repeat: 'no', merge: 'own', since: '0.1.0', doc: 'en/docs/http/ngx_http_core_module.html#http' },
  },
});
