import { take1 } from '../../../schema/arity.ts';
import { events } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_rtsig_module. */
export const rtsig = defineModule({
  name: 'ngx_rtsig_module',
  directives: {
    rtsig_overflow_events: { in: events, args: take1, value: { kind: 'number' }, since: '0.1.0', until: '1.9.0' },
    rtsig_overflow_test: { in: events, args: take1, value: { kind: 'number' }, since: '0.1.0', until: '1.9.0' },
    rtsig_overflow_threshold: { in: events, args: take1, value: { kind: 'number' }, since: '0.1.0', until: '1.9.0' },
    rtsig_signo: { in: events, args: take1, value: { kind: 'number' }, since: '0.1.0', until: '1.9.0' },
  },
});
