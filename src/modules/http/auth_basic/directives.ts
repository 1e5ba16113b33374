import { take1 } from '../../../schema/arity.ts';
import { http, limitExcept, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { value } from '../../../schema/setting.ts';

/** The directives of ngx_http_auth_basic_module. */
export const httpAuthBasic = defineModule({
  name: 'ngx_http_auth_basic_module',
  settings: { realm: value<string | undefined>(undefined), userFile: value<string | undefined>(undefined) },
  directives: {
    auth_basic: { in: http | server | location | limitExcept, args: take1, value: { kind: 'complex' }, repeat: 'no', default: ['off'], sets: 'realm', read: ([realm = '']) => realm, since: '0.1.26', doc: 'en/docs/http/ngx_http_auth_basic_module.html#auth_basic' },
    auth_basic_user_file: { in: http | server | location | limitExcept, args: take1, value: { kind: 'path', variables: true, file: 'conf' }, repeat: 'no', sets: 'userFile', read: ([path = '']) => path, since: '0.1.26', doc: 'en/docs/http/ngx_http_auth_basic_module.html#auth_basic_user_file' },
  },
});
