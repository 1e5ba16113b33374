import { take12 } from '../../../schema/arity.ts';
import { streamUpstream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_stream_upstream_least_time_module. */
export const streamUpstreamLeastTime = defineModule({
  name: 'ngx_stream_upstream_least_time_module',
  directives: {
    least_time: { in: streamUpstream, args: take12, value: { kind: 'grammar', grammar: 'least_time' }, repeat: 'no', merge: 'own', since: '1.31.0', openSince: '1.31.0', doc: 'en/docs/stream/ngx_stream_upstream_module.html#least_time' },
  },
});
