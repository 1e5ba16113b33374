import { take1 } from '../../../schema/arity.ts';
import { events } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_devpoll_module. */
export const devpoll = defineModule({
  name: 'ngx_devpoll_module',
  directives: {
    devpoll_changes: { in: events, args: take1, value: { kind: 'number' }, repeat: 'no', merge: 'own', since: '0.1.0' },
    devpoll_events: { in: events, args: take1, value: { kind: 'number' }, repeat: 'no', merge: 'own', since: '0.1.0' },
  },
});
