import { take12 } from '../../../schema/arity.ts';
import { stream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_stream_geo_module. */
export const streamGeo = defineModule({
  name: 'ngx_stream_geo_module',
  directives: {
    geo: { in: stream, args: take12, block: { data: 'geo' }, value: { kind: 'grammar', grammar: 'geo' }, repeat: 'yes', merge: 'own', since: '1.11.3', doc: 'en/docs/stream/ngx_stream_geo_module.html#geo' },
  },
});
