import { oneOrMore, take1 } from '../../../schema/arity.ts';
import { stream, streamUpstream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_stream_upstream_module. */
export const streamUpstreamModule = defineModule({
  name: 'ngx_stream_upstream_module',
  directives: {
    resolver: { in: streamUpstream, args: oneOrMore, value: { kind: 'grammar', grammar: 'resolver' }, repeat: 'no', since: '1.27.3', openSince: '1.27.3', doc: 'en/docs/stream/ngx_stream_upstream_module.html#resolver' },
    resolver_timeout: { in: streamUpstream, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['30s'], since: '1.27.3', openSince: '1.27.3', doc: 'en/docs/stream/ngx_stream_upstream_module.html#resolver_timeout' },
    server: { in: streamUpstream, args: oneOrMore, value: { kind: 'grammar', grammar: 'upstream_server_stream' }, repeat: 'yes', merge: 'own', since: '1.9.0', doc: 'en/docs/stream/ngx_stream_upstream_module.html#server' },
    state: { in: streamUpstream, args: take1, value: { kind: 'path' }, since: '1.9.7', commercial: true, doc: 'en/docs/stream/ngx_stream_upstream_module.html#state' },
    upstream: { in: stream, args: take1, block: { opens: streamUpstream }, value: { kind: 'name' }, repeat: 'yes-unique-name', merge: 'own', since: '1.9.0', doc: 'en/docs/stream/ngx_stream_upstream_module.html#upstream' },
  },
});
