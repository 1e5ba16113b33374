import { none, take1, take2 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_otel_module. */
export const otel = defineModule({
  name: 'ngx_otel_module',
  directives: {
    otel_exporter: { in: http, args: none, block: { data: 'otel_exporter' }, value: { kind: 'none' }, doc: 'en/docs/ngx_otel_module.html#otel_exporter' },
    otel_resource_attr: { in: http, args: take2, value: { kind: 'keyval' }, since: '0.1.2', doc: 'en/docs/ngx_otel_module.html#otel_resource_attr' },
    otel_service_name: { in: http, args: take1, value: { kind: 'string' }, default: ['unknown_service:nginx'], doc: 'en/docs/ngx_otel_module.html#otel_service_name' },
    otel_span_attr: { in: http | server | location, args: take2, value: { kind: 'keyval' }, doc: 'en/docs/ngx_otel_module.html#otel_span_attr' },
    otel_span_name: { in: http | server | location, args: take1, value: { kind: 'string' }, doc: 'en/docs/ngx_otel_module.html#otel_span_name' },
    otel_trace: { in: http | server | location, args: take1, value: { kind: 'custom' }, default: ['off'], doc: 'en/docs/ngx_otel_module.html#otel_trace' },
    otel_trace_context: { in: http | server | location, args: take1, value: { kind: 'enum', values: ['extract', 'inject', 'propagate', 'ignore'] }, default: ['ignore'], doc: 'en/docs/ngx_otel_module.html#otel_trace_context' },
  },
});
