import { from } from '../../../schema/arity.ts';
import { http, ifInLocation, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of pagespeed (pagespeed). */
export const pagespeed = defineModule({
  name: 'pagespeed',
  package: 'pagespeed',
  directives: {
    pagespeed: [{ in: http, args: from(1, 5), value: { kind: 'custom' } }, { in: location | ifInLocation, args: from(1, 5), value: { kind: 'custom' } }, { in: server, args: from(1, 5), value: { kind: 'custom' } }],
  },
});
