import { from, take1 } from '../../../schema/arity.ts';
import { location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { handlerOf } from '../../../schema/setting.ts';
import { present } from '../../../schema/values/enum.ts';

/** The directives of ngx_http_stub_status_module. */
export const httpStubStatus = defineModule({
  name: 'ngx_http_stub_status_module',
  settings: {
    on: handlerOf<true>(),
  },
  directives: {
    stub_status: { in: server | location, args: from(0, 1), value: { kind: 'none' }, repeat: 'idempotent', merge: 'if', since: '0.1.18', changes: [{ before: '1.7.5', args: take1 }], doc: 'en/docs/http/ngx_http_stub_status_module.html#stub_status', sets: 'on', read: present },
  },
});
