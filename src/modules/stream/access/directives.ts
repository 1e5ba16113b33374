import { take1 } from '../../../schema/arity.ts';
import { stream, streamServer } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_stream_access_module. */
export const streamAccess = defineModule({
  name: 'ngx_stream_access_module',
  directives: {
    allow: { in: stream | streamServer, args: take1, value: { kind: 'cidr', values: ['all', 'unix:'] }, repeat: 'yes', merge: 'list', since: '1.9.2', doc: 'en/docs/stream/ngx_stream_access_module.html#allow' },
    deny: { in: stream | streamServer, args: take1, value: { kind: 'cidr', values: ['all', 'unix:'] }, repeat: 'yes', merge: 'list', since: '1.9.2', doc: 'en/docs/stream/ngx_stream_access_module.html#deny' },
  },
});
