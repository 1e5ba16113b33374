import { oneOrMore, take1, take123 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { list, value } from '../../../schema/setting.ts';
import { readAccess } from '../../../schema/values/access.ts';
import { someOf } from '../../../schema/values/enum.ts';
import { readFlag } from '../../../schema/values/flag.ts';
import { readNumber } from '../../../schema/values/number.ts';

const methods = ['off', 'put', 'delete', 'mkcol', 'copy', 'move'] as const;

/** The directives of ngx_http_dav_module. */
export const httpDav = defineModule({
  name: 'ngx_http_dav_module',
  settings: {
    createFullPutPath: value(false),
    access: value(0o600),
    methods: list<readonly (typeof methods)[number][]>(),
    minDeleteDepth: value(0),
  },
  directives: {
    create_full_put_path: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], sets: 'createFullPutPath', read: readFlag, since: '0.3.40', doc: 'en/docs/http/ngx_http_dav_module.html#create_full_put_path' },
    dav_access: { in: http | server | location, args: take123, value: { kind: 'access' }, repeat: 'no', default: ['user:rw'], sets: 'access', read: readAccess, since: '0.3.56', doc: 'en/docs/http/ngx_http_dav_module.html#dav_access' },
    dav_methods: { in: http | server | location, args: oneOrMore, value: { kind: 'bitmask', values: ['off', 'put', 'delete', 'mkcol', 'copy', 'move'] }, repeat: 'accumulate', default: ['off'], sets: 'methods', read: someOf(...methods), since: '0.3.38', doc: 'en/docs/http/ngx_http_dav_module.html#dav_methods' },
    min_delete_depth: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no', default: ['0'], sets: 'minDeleteDepth', read: readNumber, since: '0.6.25', doc: 'en/docs/http/ngx_http_dav_module.html#min_delete_depth' },
  },
});
