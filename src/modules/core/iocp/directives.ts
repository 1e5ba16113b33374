import { take1 } from '../../../schema/arity.ts';
import { events } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_iocp_module. */
export const iocp = defineModule({
  name: 'ngx_iocp_module',
  directives: {
    acceptex_read: { in: events, args: take1, value: { kind: 'flag' }, repeat: 'no', merge: 'own', since: '0.1.0' },
    iocp_threads: { in: events, args: take1, value: { kind: 'number' }, repeat: 'no', merge: 'own', since: '0.1.0' },
    post_acceptex: { in: events, args: take1, value: { kind: 'number' }, repeat: 'no', merge: 'own', since: '0.1.0' },
  },
});
