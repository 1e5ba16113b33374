import { take12 } from '../../../schema/arity.ts';
import { streamUpstream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_stream_upstream_zone_module. */
export const streamUpstreamZone = defineModule({
  name: 'ngx_stream_upstream_zone_module',
  directives: {
    zone: { in: streamUpstream, args: take12, value: { kind: 'grammar', grammar: 'zone' }, repeat: 'last-wins', merge: 'own', since: '1.9.0', doc: 'en/docs/stream/ngx_stream_upstream_module.html#zone' },
  },
});
