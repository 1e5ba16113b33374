import { take1 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_degradation_module. */
export const httpDegradation = defineModule({
  name: 'ngx_http_degradation_module',
  directives: {
    degradation: { in: http, args: take1, value: { kind: 'custom' }, repeat: 'last-wins', merge: 'own', since: '0.8.25' },
    degrade: { in: http | server | location, args: take1, value: { kind: 'enum', values: ['204', '444'] }, repeat: 'no', since: '0.8.25' },
  },
});
