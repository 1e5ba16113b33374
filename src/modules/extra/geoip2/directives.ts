import { take1 } from '../../../schema/arity.ts';
import { http, stream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_geoip2_module (geoip2). */
export const httpGeoip2 = defineModule({
  name: 'ngx_http_geoip2_module',
  package: 'geoip2',
  directives: {
    geoip2: { in: http, args: take1, block: { data: 'geoip2' }, value: { kind: 'custom' } },
    geoip2_proxy: { in: http, args: take1, value: { kind: 'custom' } },
    geoip2_proxy_recursive: { in: http, args: take1, value: { kind: 'flag' }, repeat: 'no' },
  },
});

/** The directives of ngx_stream_geoip2_module (geoip2). */
export const streamGeoip2 = defineModule({
  name: 'ngx_stream_geoip2_module',
  package: 'geoip2',
  directives: {
    geoip2: { in: stream, args: take1, block: { data: 'geoip2' }, value: { kind: 'custom' } },
  },
});
