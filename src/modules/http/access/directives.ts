import { take1 } from '../../../schema/arity.ts';
import { http, limitExcept, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_access_module. */
export const httpAccess = defineModule({
  name: 'ngx_http_access_module',
  directives: {
    allow: { in: http | server | location | limitExcept, args: take1, value: { kind: 'cidr', values: ['all', 'unix:'] }, repeat: 'yes', merge: 'list', since: '0.1.0', doc: 'en/docs/http/ngx_http_access_module.html#allow' },
    deny: { in: http | server | location | limitExcept, args: take1, value: { kind: 'cidr', values: ['all', 'unix:'] }, repeat: 'yes', merge: 'list', since: '0.1.0', doc: 'en/docs/http/ngx_http_access_module.html#deny' },
  },
});
