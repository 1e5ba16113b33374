import { take1, take12, take2, take23 } from '../../../schema/arity.ts';
import { http, ifInLocation, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { list, value } from '../../../schema/setting.ts';
import { oneOf } from '../../../schema/values/enum.ts';
import { type AddedHeader, type Expires, type Inherit, inherits, readAddHeader, readExpires } from './settings.ts';

/** The directives of ngx_http_headers_filter_module. */
export const httpHeadersFilter = defineModule({
  name: 'ngx_http_headers_filter_module',
  settings: {
    headers: list<AddedHeader>(),
    headersInherit: value<Inherit>('on'),
    trailers: list<AddedHeader>(),
    trailersInherit: value<Inherit>('on'),
    expires: value<Expires>({ kind: 'off' }),
  },
  directives: {
    add_header: { in: http | server | location | ifInLocation, args: take23, value: { kind: 'grammar', grammar: 'add_header' }, repeat: 'yes', sets: 'headers', read: readAddHeader, since: '0.3.8', changes: [{ before: '1.7.5', args: take2 }], doc: 'en/docs/http/ngx_http_headers_module.html#add_header' },
    add_header_inherit: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'enum', values: ['off', 'on', 'merge'] }, repeat: 'no', default: ['on'], since: '1.29.3', doc: 'en/docs/http/ngx_http_headers_module.html#add_header_inherit', sets: 'headersInherit', read: oneOf(...inherits) },
    add_trailer: { in: http | server | location | ifInLocation, args: take23, value: { kind: 'grammar', grammar: 'add_header' }, repeat: 'yes', since: '1.13.2', doc: 'en/docs/http/ngx_http_headers_module.html#add_trailer', sets: 'trailers', read: readAddHeader },
    add_trailer_inherit: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'enum', values: ['off', 'on', 'merge'] }, repeat: 'no', default: ['on'], since: '1.29.3', doc: 'en/docs/http/ngx_http_headers_module.html#add_trailer_inherit', sets: 'trailersInherit', read: oneOf(...inherits) },
    expires: { in: http | server | location | ifInLocation, args: take12, value: { kind: 'grammar', grammar: 'expires' }, repeat: 'no', sets: 'expires', read: readExpires, default: ['off'], since: '0.1.0', doc: 'en/docs/http/ngx_http_headers_module.html#expires' },
  },
});
