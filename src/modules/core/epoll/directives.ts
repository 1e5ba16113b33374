import { take1 } from '../../../schema/arity.ts';
import { events } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_epoll_module. */
export const epoll = defineModule({
  name: 'ngx_epoll_module',
  directives: {
    epoll_events: { in: events, args: take1, value: { kind: 'number' }, repeat: 'no', merge: 'own', since: '0.1.0' },
    worker_aio_requests: { in: events, args: take1, value: { kind: 'number' }, repeat: 'no', merge: 'own', default: ['32'], since: '1.1.4', doc: 'en/docs/ngx_core_module.html#worker_aio_requests' },
  },
});
