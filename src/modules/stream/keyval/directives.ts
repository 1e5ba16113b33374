import { oneOrMore, take3 } from '../../../schema/arity.ts';
import { stream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_stream_keyval_module. */
export const streamKeyval = defineModule({
  name: 'ngx_stream_keyval_module',
  directives: {
    keyval: { in: stream, args: take3, value: { kind: 'custom' }, since: '1.13.7', commercial: true, doc: 'en/docs/stream/ngx_stream_keyval_module.html#keyval' },
    keyval_zone: { in: stream, args: oneOrMore, value: { kind: 'custom' }, since: '1.13.7', commercial: true, doc: 'en/docs/stream/ngx_stream_keyval_module.html#keyval_zone' },
  },
});
