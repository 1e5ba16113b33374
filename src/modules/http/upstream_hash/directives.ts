import { take12 } from '../../../schema/arity.ts';
import { upstream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_upstream_hash_module. */
export const httpUpstreamHash = defineModule({
  name: 'ngx_http_upstream_hash_module',
  directives: {
    hash: { in: upstream, args: take12, value: { kind: 'grammar', grammar: 'hash' }, repeat: 'last-wins-warn', merge: 'own', since: '1.7.2', doc: 'en/docs/http/ngx_http_upstream_module.html#hash' },
  },
});
