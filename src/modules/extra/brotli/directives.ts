import { oneOrMore, take1, take2 } from '../../../schema/arity.ts';
import { http, ifInLocation, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_brotli_filter_module (brotli). */
export const httpBrotliFilter = defineModule({
  name: 'ngx_http_brotli_filter_module',
  package: 'brotli',
  directives: {
    brotli: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    brotli_buffers: { in: http | server | location, args: take2, value: { kind: 'bufs' }, repeat: 'no' },
    brotli_comp_level: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no' },
    brotli_min_length: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no' },
    brotli_types: { in: http | server | location, args: oneOrMore, value: { kind: 'mime-types' } },
    brotli_window: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no' },
  },
});

/** The directives of ngx_http_brotli_static_module (brotli). */
export const httpBrotliStatic = defineModule({
  name: 'ngx_http_brotli_static_module',
  package: 'brotli',
  directives: {
    brotli_static: { in: http | server | location, args: take1, value: { kind: 'enum', values: ['off', 'on', 'always'] }, repeat: 'no' },
  },
});
