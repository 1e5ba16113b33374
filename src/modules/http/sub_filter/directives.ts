import { oneOrMore, take1, take2 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_sub_filter_module. */
export const httpSubFilter = defineModule({
  name: 'ngx_http_sub_filter_module',
  directives: {
    sub_filter: { in: http | server | location, args: take2, value: { kind: 'custom' }, repeat: 'yes', merge: 'list', since: '0.5.18', doc: 'en/docs/http/ngx_http_sub_module.html#sub_filter' },
    sub_filter_last_modified: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.5.1', doc: 'en/docs/http/ngx_http_sub_module.html#sub_filter_last_modified' },
    sub_filter_once: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['on'], since: '0.5.18', doc: 'en/docs/http/ngx_http_sub_module.html#sub_filter_once' },
    sub_filter_types: { in: http | server | location, args: oneOrMore, value: { kind: 'mime-types' }, repeat: 'accumulate', merge: 'list', default: ['text/html'], since: '0.5.18', doc: 'en/docs/http/ngx_http_sub_module.html#sub_filter_types' },
  },
});
