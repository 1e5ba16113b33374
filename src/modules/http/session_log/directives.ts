import { from, take1, twoOrMore } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_session_log_module. */
export const httpSessionLog = defineModule({
  name: 'ngx_http_session_log_module',
  directives: {
    session_log: { in: http | server | location, args: take1, value: { kind: 'custom' }, default: ['off'], commercial: true, doc: 'en/docs/http/ngx_http_session_log_module.html#session_log' },
    session_log_format: { in: http, args: twoOrMore, value: { kind: 'custom' }, default: ['combined "..."'], commercial: true, doc: 'en/docs/http/ngx_http_session_log_module.html#session_log_format' },
    session_log_zone: { in: http, args: from(2, 6), value: { kind: 'custom' }, commercial: true, doc: 'en/docs/http/ngx_http_session_log_module.html#session_log_zone' },
  },
});
