import { take1 } from '../../../schema/arity.ts';
import { events, http, ifInLocation, ifInServer, limitExcept, location, mail, mailServer, main, server, stream, streamServer, streamUpstream, upstream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_conf_module. */
export const conf = defineModule({
  name: 'ngx_conf_module',
  directives: {
    include: { in: main | events | http | server | location | ifInServer | ifInLocation | limitExcept | upstream | stream | streamServer | streamUpstream | mail | mailServer, args: take1, value: { kind: 'path', glob: true, file: 'conf' }, repeat: 'yes', merge: 'own', since: '0.1.0', doc: 'en/docs/ngx_core_module.html#include' },
  },
});
