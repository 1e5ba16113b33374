import { none, take1, take12 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_status_module. */
export const httpStatus = defineModule({
  name: 'ngx_http_status_module',
  directives: {
    status: [{ in: server | location, args: take1, value: { kind: 'custom' }, since: '0.1.0', until: '1.1.8' }, { in: location, args: none, value: { kind: 'none' }, until: '1.13.10', deprecated: { since: '1.13.3', replacement: 'api' }, commercial: true, doc: 'en/docs/http/ngx_http_status_module.html#status' }],
    status_format: { in: http | server | location, args: take12, value: { kind: 'custom' }, default: ['json'], until: '1.13.10', deprecated: { since: '1.13.3', replacement: 'api' }, commercial: true, doc: 'en/docs/http/ngx_http_status_module.html#status_format' },
  },
});
