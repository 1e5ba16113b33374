import { oneOrMore, take3 } from '../../../schema/arity.ts';
import { http } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_keyval_module. */
export const httpKeyval = defineModule({
  name: 'ngx_http_keyval_module',
  directives: {
    keyval: { in: http, args: take3, value: { kind: 'custom' }, since: '1.13.3', commercial: true, doc: 'en/docs/http/ngx_http_keyval_module.html#keyval' },
    keyval_zone: { in: http, args: oneOrMore, value: { kind: 'custom' }, since: '1.13.3', commercial: true, doc: 'en/docs/http/ngx_http_keyval_module.html#keyval_zone' },
  },
});
