import { take12 } from '../../../schema/arity.ts';
import { http } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_geo_module. */
export const httpGeo = defineModule({
  name: 'ngx_http_geo_module',
  directives: {
    geo: { in: http, args: take12, block: { data: 'geo' }, value: { kind: 'grammar', grammar: 'geo' }, repeat: 'yes', merge: 'own', since: '0.1.17', doc: 'en/docs/http/ngx_http_geo_module.html#geo' },
  },
});
