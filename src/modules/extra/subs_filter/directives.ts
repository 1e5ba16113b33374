import { oneOrMore, take2, twoOrMore } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_subs_filter_module (subs-filter). */
export const httpSubsFilter = defineModule({
  name: 'ngx_http_subs_filter_module',
  package: 'subs-filter',
  directives: {
    subs_buffers: { in: http | server | location, args: take2, value: { kind: 'bufs' }, repeat: 'no' },
    subs_filter: { in: http | server | location, args: twoOrMore, value: { kind: 'custom' } },
    subs_filter_bypass: { in: http | server | location, args: oneOrMore, value: { kind: 'predicates' } },
    subs_filter_types: { in: http | server | location, args: oneOrMore, value: { kind: 'mime-types' } },
    subs_line_buffer_size: { in: http | server | location, args: take2, value: { kind: 'size' }, repeat: 'no' },
  },
});
