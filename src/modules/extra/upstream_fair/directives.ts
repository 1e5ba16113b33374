import { anyNumber, take1 } from '../../../schema/arity.ts';
import { http, upstream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_upstream_fair_module (upstream-fair). */
export const httpUpstreamFair = defineModule({
  name: 'ngx_http_upstream_fair_module',
  package: 'upstream-fair',
  directives: {
    fair: { in: upstream, args: anyNumber, value: { kind: 'custom' } },
    upstream_fair_shm_size: { in: http, args: take1, value: { kind: 'custom' } },
  },
});
