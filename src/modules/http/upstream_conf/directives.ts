import { none } from '../../../schema/arity.ts';
import { location } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_upstream_conf_module. */
export const httpUpstreamConf = defineModule({
  name: 'ngx_http_upstream_conf_module',
  directives: {
    upstream_conf: { in: location, args: none, value: { kind: 'none' }, until: '1.13.10', deprecated: { since: '1.13.3', replacement: 'api' }, commercial: true, doc: 'en/docs/http/ngx_http_upstream_conf_module.html#upstream_conf' },
  },
});
