import { anyNumber, take1 } from '../../../schema/arity.ts';
import { http, location } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_upstream_hc_module. */
export const httpUpstreamHc = defineModule({
  name: 'ngx_http_upstream_hc_module',
  directives: {
    health_check: { in: location, args: anyNumber, value: { kind: 'custom' }, commercial: true, doc: 'en/docs/http/ngx_http_upstream_hc_module.html#health_check' },
    match: { in: http, args: take1, block: { data: 'match' }, value: { kind: 'string' }, commercial: true, doc: 'en/docs/http/ngx_http_upstream_hc_module.html#match' },
  },
});
