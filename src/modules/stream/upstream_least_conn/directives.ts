import { none } from '../../../schema/arity.ts';
import { streamUpstream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_stream_upstream_least_conn_module. */
export const streamUpstreamLeastConn = defineModule({
  name: 'ngx_stream_upstream_least_conn_module',
  directives: {
    least_conn: { in: streamUpstream, args: none, value: { kind: 'none' }, repeat: 'last-wins-warn', merge: 'own', since: '1.9.0', doc: 'en/docs/stream/ngx_stream_upstream_module.html#least_conn' },
  },
});
