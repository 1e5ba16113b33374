import { none } from '../../../schema/arity.ts';
import { upstream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { own } from '../../../schema/setting.ts';
import { present } from '../../../schema/values/enum.ts';

/** The directives of ngx_http_upstream_least_conn_module. */
export const httpUpstreamLeastConn = defineModule({
  name: 'ngx_http_upstream_least_conn_module',
  settings: {
    leastConn: own(false),
  },
  directives: {
    least_conn: { in: upstream, args: none, value: { kind: 'none' }, repeat: 'last-wins-warn', since: '1.3.1', doc: 'en/docs/http/ngx_http_upstream_module.html#least_conn', sets: 'leastConn', read: present },
  },
});
