import { none } from '../../../schema/arity.ts';
import { upstream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_upstream_least_conn_module. */
export const httpUpstreamLeastConn = defineModule({
  name: 'ngx_http_upstream_least_conn_module',
  directives: {
    least_conn: { in: upstream, args: none, value: { kind: 'none' }, repeat: 'last-wins-warn', merge: 'own', since: '1.3.1', doc: 'en/docs/http/ngx_http_upstream_module.html#least_conn' },
  },
});
