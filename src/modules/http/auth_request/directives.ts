import { take1, take2 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import type { Reading } from '../../../schema/directive.ts';
import { list, value } from '../../../schema/setting.ts';

// ngx_http_auth_request_set
function readSet([name = '', text = '']: readonly string[], at: Reading): readonly [string, string] | undefined {
  return name.startsWith('$') ? [name.slice(1), text] : at.fail(`invalid variable name "${name}"`, 0);
}

/** The directives of ngx_http_auth_request_module. */
export const httpAuthRequest = defineModule({
  name: 'ngx_http_auth_request_module',
  settings: {
    uri: value(''),
    sets: list<readonly [name: string, value: string]>(),
  },
  directives: {
    auth_request: { in: http | server | location, args: take1, value: { kind: 'uri', values: ['off'] }, repeat: 'no', default: ['off'], since: '1.5.4', doc: 'en/docs/http/ngx_http_auth_request_module.html#auth_request', sets: 'uri', read: ([uri = '']) => (uri === 'off' ? '' : uri) },
    auth_request_set: { in: http | server | location, args: take2, value: { kind: 'custom' }, repeat: 'yes', merge: 'list', since: '1.5.4', doc: 'en/docs/http/ngx_http_auth_request_module.html#auth_request_set', sets: 'sets', read: readSet },
  },
});
