import { oneOrMore } from '../../../schema/arity.ts';
import { http, ifInLocation, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_headers_more_filter_module (headers-more). */
export const httpHeadersMoreFilter = defineModule({
  name: 'ngx_http_headers_more_filter_module',
  package: 'headers-more',
  directives: {
    more_clear_headers: { in: http | server | location | ifInLocation, args: oneOrMore, value: { kind: 'custom' } },
    more_clear_input_headers: { in: http | server | location | ifInLocation, args: oneOrMore, value: { kind: 'custom' } },
    more_set_headers: { in: http | server | location | ifInLocation, args: oneOrMore, value: { kind: 'custom' } },
    more_set_input_headers: { in: http | server | location | ifInLocation, args: oneOrMore, value: { kind: 'custom' } },
  },
});
