import { take1, take2 } from '../../../schema/arity.ts';
import { http } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_map_module. */
export const httpMap = defineModule({
  name: 'ngx_http_map_module',
  directives: {
    map: { in: http, args: take2, block: { data: 'map' }, value: { kind: 'grammar', grammar: 'map' }, repeat: 'yes', merge: 'own', since: '0.3.16', doc: 'en/docs/http/ngx_http_map_module.html#map' },
    map_hash_bucket_size: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no', merge: 'own', default: ['32|64|128'], since: '0.3.16', doc: 'en/docs/http/ngx_http_map_module.html#map_hash_bucket_size' },
    map_hash_max_size: { in: http, args: take1, value: { kind: 'number' }, repeat: 'no', merge: 'own', default: ['2048'], since: '0.3.16', doc: 'en/docs/http/ngx_http_map_module.html#map_hash_max_size' },
  },
});
