import { take1, take2 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_auth_request_module. */
export const httpAuthRequest = defineModule({
  name: 'ngx_http_auth_request_module',
  directives: {
    auth_request: { in: http | server | location, args: take1, value: { kind: 'uri', values: ['off'] }, repeat: 'no', default: ['off'], since: '1.5.4', doc: 'en/docs/http/ngx_http_auth_request_module.html#auth_request' },
    auth_request_set: { in: http | server | location, args: take2, value: { kind: 'custom' }, repeat: 'yes', merge: 'list', since: '1.5.4', doc: 'en/docs/http/ngx_http_auth_request_module.html#auth_request_set' },
  },
});
