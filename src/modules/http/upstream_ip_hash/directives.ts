import { none } from '../../../schema/arity.ts';
import { upstream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_upstream_ip_hash_module. */
export const httpUpstreamIpHash = defineModule({
  name: 'ngx_http_upstream_ip_hash_module',
  directives: {
    ip_hash: { in: upstream, args: none, value: { kind: 'none' }, repeat: 'last-wins-warn', merge: 'own', since: '0.5.0', doc: 'en/docs/http/ngx_http_upstream_module.html#ip_hash' },
  },
});
