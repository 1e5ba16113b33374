import { take1 } from '../../../schema/arity.ts';
import { main } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_quic_bpf_module. */
export const quicBpf = defineModule({
  name: 'ngx_quic_bpf_module',
  directives: {
    quic_bpf: { in: main, args: take1, value: { kind: 'flag' }, repeat: 'no', merge: 'own', default: ['off'], since: '1.25.0', doc: 'en/docs/http/ngx_http_v3_module.html#quic_bpf' },
  },
});
