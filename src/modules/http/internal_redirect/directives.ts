import { take1 } from '../../../schema/arity.ts';
import { location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_internal_redirect_module. */
export const httpInternalRedirect = defineModule({
  name: 'ngx_http_internal_redirect_module',
  directives: {
    internal_redirect: { in: server | location, args: take1, value: { kind: 'uri' }, since: '1.23.4', commercial: true, doc: 'en/docs/http/ngx_http_internal_redirect_module.html#internal_redirect' },
  },
});
