import { oneOrMore, take1, take23 } from '../../../schema/arity.ts';
import { http, ifInLocation, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_srcache_filter_module (srcache). */
export const httpSrcacheFilter = defineModule({
  name: 'ngx_http_srcache_filter_module',
  package: 'srcache',
  directives: {
    srcache_buffer: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'size' }, repeat: 'no' },
    srcache_default_expire: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'time', unit: 's' }, repeat: 'no' },
    srcache_fetch: { in: http | server | location | ifInLocation, args: take23, value: { kind: 'custom' } },
    srcache_fetch_skip: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'complex' }, repeat: 'no' },
    srcache_header_buffer_size: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'size' }, repeat: 'no' },
    srcache_ignore_content_encoding: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    srcache_max_expire: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'time', unit: 's' }, repeat: 'no' },
    srcache_methods: { in: http | server | location, args: oneOrMore, value: { kind: 'bitmask', values: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'] } },
    srcache_request_cache_control: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    srcache_response_cache_control: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    srcache_store: { in: http | server | location | ifInLocation, args: take23, value: { kind: 'custom' } },
    srcache_store_hide_header: { in: http | server | location, args: take1, value: { kind: 'string' } },
    srcache_store_max_size: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'size' }, repeat: 'no' },
    srcache_store_no_cache: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    srcache_store_no_store: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    srcache_store_pass_header: { in: http | server | location, args: take1, value: { kind: 'string' } },
    srcache_store_private: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    srcache_store_ranges: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    srcache_store_skip: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'complex' }, repeat: 'no' },
    srcache_store_statuses: { in: http | server | location | ifInLocation, args: oneOrMore, value: { kind: 'custom' } },
  },
});
