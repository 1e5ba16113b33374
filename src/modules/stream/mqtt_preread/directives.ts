import { take1 } from '../../../schema/arity.ts';
import { stream, streamServer } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_stream_mqtt_preread_module. */
export const streamMqttPreread = defineModule({
  name: 'ngx_stream_mqtt_preread_module',
  directives: {
    mqtt_preread: { in: stream | streamServer, args: take1, value: { kind: 'flag' }, default: ['off'], since: '1.23.4', commercial: true, doc: 'en/docs/stream/ngx_stream_mqtt_preread_module.html#mqtt_preread' },
  },
});
