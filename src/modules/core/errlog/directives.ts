import { oneOrMore } from '../../../schema/arity.ts';
import { main } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_errlog_module. */
export const errlog = defineModule({
  name: 'ngx_errlog_module',
  directives: {
    error_log: { in: main, args: oneOrMore, value: { kind: 'grammar', grammar: 'error_log', file: 'prefix' }, repeat: 'yes', merge: 'list', default: ['logs/error.log error'], since: '0.1.0', doc: 'en/docs/ngx_core_module.html#error_log' },
  },
});
