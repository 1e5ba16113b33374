import { oneOrMore, take1, take2 } from '../../../schema/arity.ts';
import { http, ifInLocation, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_zstd_filter_module (zstd). */
export const httpZstdFilter = defineModule({
  name: 'ngx_http_zstd_filter_module',
  package: 'zstd',
  directives: {
    zstd: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    zstd_buffers: { in: http | server | location, args: take2, value: { kind: 'bufs' }, repeat: 'no' },
    zstd_comp_level: { in: http | server | location, args: take1, value: { kind: 'custom' } },
    zstd_dict_file: { in: http, args: take1, value: { kind: 'string' }, repeat: 'no' },
    zstd_min_length: { in: http | server | location, args: oneOrMore, value: { kind: 'size' }, repeat: 'no' },
    zstd_types: { in: http | server | location, args: oneOrMore, value: { kind: 'mime-types' } },
  },
});

/** The directives of ngx_http_zstd_static_module (zstd). */
export const httpZstdStatic = defineModule({
  name: 'ngx_http_zstd_static_module',
  package: 'zstd',
  directives: {
    zstd_static: { in: http | server | location, args: take1, value: { kind: 'enum', values: ['off', 'on', 'always'] }, repeat: 'no' },
  },
});
