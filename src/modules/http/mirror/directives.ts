import { take1 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { list, value } from '../../../schema/setting.ts';
import { readWord } from '../../../schema/values/enum.ts';
import { readFlag } from '../../../schema/values/flag.ts';

/** The directives of ngx_http_mirror_module. */
export const httpMirror = defineModule({
  name: 'ngx_http_mirror_module',
  settings: {
    uris: list<string>(),
    requestBody: value(true),
  },
  directives: {
    mirror: { in: http | server | location, args: take1, value: { kind: 'uri', values: ['off'] }, repeat: 'yes', merge: 'list', default: ['off'], since: '1.13.4', doc: 'en/docs/http/ngx_http_mirror_module.html#mirror', sets: 'uris', read: readWord },
    mirror_request_body: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['on'], since: '1.13.4', doc: 'en/docs/http/ngx_http_mirror_module.html#mirror_request_body', sets: 'requestBody', read: readFlag },
  },
});
