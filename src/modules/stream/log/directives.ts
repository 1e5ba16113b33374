import { oneOrMore, take1234, twoOrMore } from '../../../schema/arity.ts';
import { stream, streamServer } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_stream_log_module. */
export const streamLog = defineModule({
  name: 'ngx_stream_log_module',
  directives: {
    access_log: { in: stream | streamServer, args: oneOrMore, value: { kind: 'grammar', grammar: 'access_log', file: 'prefix' }, repeat: 'yes', merge: 'list', default: ['off'], since: '1.11.4', doc: 'en/docs/stream/ngx_stream_log_module.html#access_log' },
    log_format: { in: stream, args: twoOrMore, value: { kind: 'grammar', grammar: 'log_format' }, repeat: 'yes-unique-name', merge: 'own', since: '1.11.4', doc: 'en/docs/stream/ngx_stream_log_module.html#log_format' },
    open_log_file_cache: { in: stream | streamServer, args: take1234, value: { kind: 'grammar', grammar: 'open_log_file_cache' }, repeat: 'no', default: ['off'], since: '1.11.4', doc: 'en/docs/stream/ngx_stream_log_module.html#open_log_file_cache' },
  },
});
