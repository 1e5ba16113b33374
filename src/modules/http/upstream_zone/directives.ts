import { take12 } from '../../../schema/arity.ts';
import { upstream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_upstream_zone_module. */
export const httpUpstreamZone = defineModule({
  name: 'ngx_http_upstream_zone_module',
  directives: {
    zone: { in: upstream, args: take12, value: { kind: 'grammar', grammar: 'zone' }, repeat: 'last-wins', merge: 'own', since: '1.9.0', doc: 'en/docs/http/ngx_http_upstream_module.html#zone' },
  },
});
