import { take1 } from '../../../schema/arity.ts';
import { events } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_eventport_module. */
export const eventport = defineModule({
  name: 'ngx_eventport_module',
  directives: {
    eventport_events: { in: events, args: take1, value: { kind: 'number' }, repeat: 'no', merge: 'own', since: '0.4.3' },
  },
});
