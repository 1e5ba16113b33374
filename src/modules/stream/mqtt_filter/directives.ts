import { take1, take2 } from '../../../schema/arity.ts';
import { stream, streamServer } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_stream_mqtt_filter_module. */
export const streamMqttFilter = defineModule({
  name: 'ngx_stream_mqtt_filter_module',
  directives: {
    mqtt: { in: stream | streamServer, args: take1, value: { kind: 'flag' }, default: ['off'], since: '1.23.4', commercial: true, doc: 'en/docs/stream/ngx_stream_mqtt_filter_module.html#mqtt' },
    mqtt_buffers: { in: stream | streamServer, args: take2, value: { kind: 'bufs' }, default: ['100 1k'], since: '1.25.1', commercial: true, doc: 'en/docs/stream/ngx_stream_mqtt_filter_module.html#mqtt_buffers' },
    mqtt_rewrite_buffer_size: { in: streamServer, args: take1, value: { kind: 'size' }, default: ['4k|8k'], since: '1.23.4', deprecated: { since: '1.25.1', replacement: 'mqtt_buffers' }, commercial: true, doc: 'en/docs/stream/ngx_stream_mqtt_filter_module.html#mqtt_rewrite_buffer_size' },
    mqtt_set_connect: { in: streamServer, args: take2, value: { kind: 'keyval' }, since: '1.23.4', commercial: true, doc: 'en/docs/stream/ngx_stream_mqtt_filter_module.html#mqtt_set_connect' },
  },
});
