import { take12 } from '../../../schema/arity.ts';
import { streamUpstream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_stream_upstream_hash_module. */
export const streamUpstreamHash = defineModule({
  name: 'ngx_stream_upstream_hash_module',
  directives: {
    hash: { in: streamUpstream, args: take12, value: { kind: 'grammar', grammar: 'hash' }, repeat: 'last-wins-warn', merge: 'own', since: '1.9.0', doc: 'en/docs/stream/ngx_stream_upstream_module.html#hash' },
  },
});
