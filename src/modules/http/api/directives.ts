import { from, take1 } from '../../../schema/arity.ts';
import { ifInLocation, location, server, streamServer } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_api_module. */
export const httpApi = defineModule({
  name: 'ngx_http_api_module',
  directives: {
    api: { in: location, args: from(0, 1), value: { kind: 'custom' }, since: '1.13.3', commercial: true, doc: 'en/docs/http/ngx_http_api_module.html#api' },
    status_zone: [{ in: server | location | ifInLocation, args: take1, value: { kind: 'custom' }, since: '1.13.12', commercial: true, doc: 'en/docs/http/ngx_http_api_module.html#status_zone' }, { in: streamServer, args: take1, value: { kind: 'string' }, since: '1.7.11', commercial: true }],
  },
});
