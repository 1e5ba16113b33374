import { take1, take2 } from '../../../schema/arity.ts';
import { stream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_stream_map_module. */
export const streamMap = defineModule({
  name: 'ngx_stream_map_module',
  directives: {
    map: { in: stream, args: take2, block: { data: 'map' }, value: { kind: 'grammar', grammar: 'map' }, repeat: 'yes', merge: 'own', since: '1.11.2', doc: 'en/docs/stream/ngx_stream_map_module.html#map' },
    map_hash_bucket_size: { in: stream, args: take1, value: { kind: 'number' }, repeat: 'no', merge: 'own', default: ['32|64|128'], since: '1.11.2', doc: 'en/docs/stream/ngx_stream_map_module.html#map_hash_bucket_size' },
    map_hash_max_size: { in: stream, args: take1, value: { kind: 'number' }, repeat: 'no', merge: 'own', default: ['2048'], since: '1.11.2', doc: 'en/docs/stream/ngx_stream_map_module.html#map_hash_max_size' },
  },
});
