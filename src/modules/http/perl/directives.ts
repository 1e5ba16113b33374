import { take1, take2 } from '../../../schema/arity.ts';
import { http, limitExcept, location } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_perl_module. */
export const httpPerl = defineModule({
  name: 'ngx_http_perl_module',
  directives: {
    perl: { in: location | limitExcept, args: take1, value: { kind: 'custom' }, repeat: 'no', since: '0.3.21', doc: 'en/docs/http/ngx_http_perl_module.html#perl' },
    perl_modules: { in: http, args: take1, value: { kind: 'string', file: 'prefix' }, repeat: 'yes', merge: 'own', since: '0.3.21', doc: 'en/docs/http/ngx_http_perl_module.html#perl_modules' },
    perl_require: { in: http, args: take1, value: { kind: 'string' }, repeat: 'yes', merge: 'own', since: '0.3.21', doc: 'en/docs/http/ngx_http_perl_module.html#perl_require' },
    perl_set: { in: http, args: take2, value: { kind: 'custom' }, repeat: 'yes', merge: 'own', since: '0.3.21', doc: 'en/docs/http/ngx_http_perl_module.html#perl_set' },
  },
});
