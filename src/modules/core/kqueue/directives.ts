import { take1 } from '../../../schema/arity.ts';
import { events } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_kqueue_module. */
export const kqueue = defineModule({
  name: 'ngx_kqueue_module',
  directives: {
    kqueue_changes: { in: events, args: take1, value: { kind: 'number' }, repeat: 'no', merge: 'own', since: '0.1.0' },
    kqueue_events: { in: events, args: take1, value: { kind: 'number' }, repeat: 'no', merge: 'own', since: '0.1.0' },
  },
});
