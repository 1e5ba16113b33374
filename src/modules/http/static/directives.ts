import { take3 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_static_module. */
export const httpStatic = defineModule({
  name: 'ngx_http_static_module',
  directives: {
    redirect_cache: { in: http | server | location, args: take3, value: { kind: 'custom' }, since: '0.1.0', until: '0.6.10' },
  },
});
