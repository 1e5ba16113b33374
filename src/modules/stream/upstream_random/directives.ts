import { from } from '../../../schema/arity.ts';
import { streamUpstream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_stream_upstream_random_module. */
export const streamUpstreamRandom = defineModule({
  name: 'ngx_stream_upstream_random_module',
  directives: {
    random: { in: streamUpstream, args: from(0, 2), value: { kind: 'grammar', grammar: 'random' }, repeat: 'last-wins-warn', merge: 'own', since: '1.15.1', doc: 'en/docs/stream/ngx_stream_upstream_module.html#random' },
  },
});
