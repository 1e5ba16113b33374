import { take12 } from '../../../schema/arity.ts';
import { stream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_stream_num_map_module. */
export const streamNumMap = defineModule({
  name: 'ngx_stream_num_map_module',
  directives: {
    num_map: { in: stream, args: take12, block: { data: 'num_map' }, value: { kind: 'custom' }, since: '1.29.3', commercial: true, doc: 'en/docs/stream/ngx_stream_num_map_module.html#num_map' },
  },
});
