import { oneOrMore, take1, take12 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_dav_ext_module (dav-ext). */
export const httpDavExt = defineModule({
  name: 'ngx_http_dav_ext_module',
  package: 'dav-ext',
  directives: {
    dav_ext_lock: { in: http | server | location, args: take1, value: { kind: 'custom' } },
    dav_ext_lock_zone: { in: http, args: take12, value: { kind: 'custom' } },
    dav_ext_methods: { in: http | server | location, args: oneOrMore, value: { kind: 'bitmask', values: ['off', 'propfind', 'options', 'lock', 'unlock'] } },
  },
});
