import { anyNumber, take1 } from '../../../schema/arity.ts';
import { stream, streamServer } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_stream_upstream_hc_module. */
export const streamUpstreamHc = defineModule({
  name: 'ngx_stream_upstream_hc_module',
  directives: {
    health_check: { in: streamServer, args: anyNumber, value: { kind: 'custom' }, since: '1.9.0', commercial: true, doc: 'en/docs/stream/ngx_stream_upstream_hc_module.html#health_check' },
    health_check_timeout: { in: stream | streamServer, args: take1, value: { kind: 'time' }, default: ['5s'], since: '1.9.0', commercial: true, doc: 'en/docs/stream/ngx_stream_upstream_hc_module.html#health_check_timeout' },
    match: { in: stream, args: take1, block: { data: 'match' }, value: { kind: 'string' }, since: '1.9.0', commercial: true, doc: 'en/docs/stream/ngx_stream_upstream_hc_module.html#match' },
  },
});
