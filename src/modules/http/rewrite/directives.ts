import { none, oneOrMore, take1, take12, take2, take23 } from '../../../schema/arity.ts';
import { http, ifInLocation, ifInServer, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { value } from '../../../schema/setting.ts';
import { readFlag } from '../../../schema/values/flag.ts';

/** The directives of ngx_http_rewrite_module. */
export const httpRewrite = defineModule({
  name: 'ngx_http_rewrite_module',
  settings: {
    log: value(false),
    warnsOfUnset: value(true),
  },
  directives: {
    break: { in: server | location | ifInServer | ifInLocation, args: none, value: { kind: 'none' }, repeat: 'sequential', merge: 'own', since: '0.1.38', doc: 'en/docs/http/ngx_http_rewrite_module.html#break' },
    if: { in: server | location, args: oneOrMore, block: { opensIn: [[server, ifInServer], [ifInServer, ifInLocation], [location, ifInLocation], [ifInLocation, ifInLocation]] }, value: { kind: 'grammar', grammar: 'if' }, repeat: 'sequential', merge: 'own', since: '0.1.17', doc: 'en/docs/http/ngx_http_rewrite_module.html#if' },
    return: { in: server | location | ifInServer | ifInLocation, args: take12, value: { kind: 'grammar', grammar: 'return' }, repeat: 'sequential', merge: 'own', since: '0.1.17', doc: 'en/docs/http/ngx_http_rewrite_module.html#return' },
    rewrite: { in: server | location | ifInServer | ifInLocation, args: take23, value: { kind: 'grammar', grammar: 'rewrite' }, repeat: 'sequential', merge: 'own', since: '0.1.0', doc: 'en/docs/http/ngx_http_rewrite_module.html#rewrite' },
    rewrite_log: { in: http | server | location | ifInServer | ifInLocation, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '0.1.0', doc: 'en/docs/http/ngx_http_rewrite_module.html#rewrite_log', sets: 'log', read: readFlag },
    set: { in: server | location | ifInServer | ifInLocation, args: take2, value: { kind: 'grammar', grammar: 'set' }, repeat: 'sequential', merge: 'own', since: '0.1.25', doc: 'en/docs/http/ngx_http_rewrite_module.html#set' },
    uninitialized_variable_warn: { in: http | server | location | ifInServer | ifInLocation, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['on'], since: '0.3.39', doc: 'en/docs/http/ngx_http_rewrite_module.html#uninitialized_variable_warn', sets: 'warnsOfUnset', read: readFlag },
  },
});
