import { take12 } from '../../../schema/arity.ts';
import { stream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_stream_geoip_module. */
export const streamGeoip = defineModule({
  name: 'ngx_stream_geoip_module',
  directives: {
    geoip_city: { in: stream, args: take12, value: { kind: 'custom', file: 'cwd' }, repeat: 'no', merge: 'own', since: '1.11.3', doc: 'en/docs/stream/ngx_stream_geoip_module.html#geoip_city' },
    geoip_country: { in: stream, args: take12, value: { kind: 'custom', file: 'cwd' }, repeat: 'no', merge: 'own', since: '1.11.3', doc: 'en/docs/stream/ngx_stream_geoip_module.html#geoip_country' },
    geoip_org: { in: stream, args: take12, value: { kind: 'custom', file: 'cwd' }, repeat: 'no', merge: 'own', since: '1.11.3', doc: 'en/docs/stream/ngx_stream_geoip_module.html#geoip_org' },
  },
});
