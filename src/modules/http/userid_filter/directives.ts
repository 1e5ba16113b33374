import { take1, take123 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { list, value } from '../../../schema/setting.ts';
import { oneOf, readWord, someOf } from '../../../schema/values/enum.ts';
import { readNumber } from '../../../schema/values/number.ts';
import { type Lifetime, readLifetime, readMark, readTextOrNone } from './settings.ts';

/** The directives of ngx_http_userid_filter_module. */
export const httpUseridFilter = defineModule({
  name: 'ngx_http_userid_filter_module',
  settings: {
    mode: value<'off' | 'log' | 'v1' | 'on'>('off'),
    name: value('uid'),
    domain: value(''),
    path: value('/'),
    p3p: value(''),
    mark: value(''),
    expires: value<Lifetime>(0),
    flags: list<readonly string[]>(),
    service: value(-1),
  },
  directives: {
    userid: { in: http | server | location, args: take1, value: { kind: 'enum', values: ['off', 'log', 'v1', 'on'] }, repeat: 'no', default: ['off'], since: '0.1.0', doc: 'en/docs/http/ngx_http_userid_module.html#userid', sets: 'mode', read: oneOf('off', 'log', 'v1', 'on') },
    userid_domain: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no', default: ['none'], since: '0.1.0', doc: 'en/docs/http/ngx_http_userid_module.html#userid_domain', sets: 'domain', read: readTextOrNone },
    userid_expires: { in: http | server | location, args: take1, value: { kind: 'time', unit: 's', values: ['max', 'off'] }, repeat: 'no', default: ['off'], since: '0.1.0', doc: 'en/docs/http/ngx_http_userid_module.html#userid_expires', sets: 'expires', read: readLifetime },
    userid_flags: { in: http | server | location, args: take123, value: { kind: 'bitmask', values: ['off', 'secure', 'httponly', 'samesite=strict', 'samesite=lax', 'samesite=none'] }, repeat: 'accumulate', default: ['off'], since: '1.19.3', doc: 'en/docs/http/ngx_http_userid_module.html#userid_flags', sets: 'flags', read: someOf('off', 'secure', 'httponly', 'samesite=strict', 'samesite=lax', 'samesite=none') },
    userid_mark: { in: http | server | location, args: take1, value: { kind: 'char', values: ['off'], pattern: '[A-Za-z0-9=]' }, repeat: 'no', default: ['off'], since: '0.1.44', doc: 'en/docs/http/ngx_http_userid_module.html#userid_mark', sets: 'mark', read: readMark },
    userid_name: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no', default: ['uid'], since: '0.1.0', doc: 'en/docs/http/ngx_http_userid_module.html#userid_name', sets: 'name', read: readWord },
    userid_p3p: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no', default: ['none'], since: '0.1.5', doc: 'en/docs/http/ngx_http_userid_module.html#userid_p3p', sets: 'p3p', read: readTextOrNone },
    userid_path: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no', default: ['/'], since: '0.1.0', doc: 'en/docs/http/ngx_http_userid_module.html#userid_path', sets: 'path', read: readWord },
    userid_service: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no', default: ['IP address of the server'], since: '0.1.0', doc: 'en/docs/http/ngx_http_userid_module.html#userid_service', sets: 'service', read: readNumber },
  },
});
