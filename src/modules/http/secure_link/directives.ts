import { take1 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { value } from '../../../schema/setting.ts';
import { readWord } from '../../../schema/values/enum.ts';

/** The directives of ngx_http_secure_link_module. */
export const httpSecureLink = defineModule({
  name: 'ngx_http_secure_link_module',
  settings: {
    link: value<string | undefined>(undefined),
    md5: value<string | undefined>(undefined),
    secret: value<string | undefined>(undefined),
  },
  directives: {
    secure_link: { in: http | server | location, args: take1, value: { kind: 'complex' }, repeat: 'no', since: '0.8.50', doc: 'en/docs/http/ngx_http_secure_link_module.html#secure_link', sets: 'link', read: readWord },
    secure_link_expires: { in: http | server | location, args: take1, value: { kind: 'flag' }, since: '0.8.50', until: '0.8.51', deprecated: { since: '0.8.51', replacement: 'secure_link' } },
    secure_link_md5: { in: http | server | location, args: take1, value: { kind: 'complex' }, repeat: 'no', since: '0.8.50', doc: 'en/docs/http/ngx_http_secure_link_module.html#secure_link_md5', sets: 'md5', read: readWord },
    secure_link_secret: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no', since: '0.7.18', doc: 'en/docs/http/ngx_http_secure_link_module.html#secure_link_secret', sets: 'secret', read: readWord },
  },
});
