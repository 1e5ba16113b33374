import { oneOrMore } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_cache_purge_module (cache-purge). */
export const httpCachePurge = defineModule({
  name: 'ngx_http_cache_purge_module',
  package: 'cache-purge',
  directives: {
    fastcgi_cache_purge: { in: http | server | location, args: oneOrMore, value: { kind: 'custom' } },
    proxy_cache_purge: { in: http | server | location, args: oneOrMore, value: { kind: 'custom' } },
    scgi_cache_purge: { in: http | server | location, args: oneOrMore, value: { kind: 'custom' } },
    uwsgi_cache_purge: { in: http | server | location, args: oneOrMore, value: { kind: 'custom' } },
  },
});
