import { none, oneOrMore } from '../../../schema/arity.ts';
import { http, limitExcept, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_naxsi_module (naxsi). */
export const httpNaxsi = defineModule({
  name: 'ngx_http_naxsi_module',
  package: 'naxsi',
  directives: {
    BasicRule: { in: http | server | location | limitExcept, args: oneOrMore, value: { kind: 'custom' } },
    CheckRule: { in: http | server | location | limitExcept, args: oneOrMore, value: { kind: 'custom' } },
    DeniedUrl: { in: http | server | location | limitExcept, args: oneOrMore, value: { kind: 'custom' } },
    IgnoreCIDR: { in: http | server | location | limitExcept, args: oneOrMore, value: { kind: 'custom' } },
    IgnoreIP: { in: http | server | location | limitExcept, args: oneOrMore, value: { kind: 'custom' } },
    LearningMode: { in: http | server | location | limitExcept, args: none, value: { kind: 'custom' } },
    LibInjectionSql: { in: http | server | location | limitExcept, args: none, value: { kind: 'custom' } },
    LibInjectionXss: { in: http | server | location | limitExcept, args: none, value: { kind: 'custom' } },
    MainRule: { in: http, args: oneOrMore, value: { kind: 'custom' } },
    NaxsiLogFile: { in: http | server | location | limitExcept, args: oneOrMore, value: { kind: 'custom' } },
    SecRulesDisabled: { in: http | server | location | limitExcept, args: none, value: { kind: 'custom' } },
    SecRulesEnabled: { in: http | server | location | limitExcept, args: none, value: { kind: 'custom' } },
    basic_rule: { in: http | server | location | limitExcept, args: oneOrMore, value: { kind: 'custom' } },
    check_rule: { in: http | server | location | limitExcept, args: oneOrMore, value: { kind: 'custom' } },
    denied_url: { in: http | server | location | limitExcept, args: oneOrMore, value: { kind: 'custom' } },
    learning_mode: { in: http | server | location | limitExcept, args: none, value: { kind: 'custom' } },
    libinjection_sql: { in: http | server | location | limitExcept, args: none, value: { kind: 'custom' } },
    libinjection_xss: { in: http | server | location | limitExcept, args: none, value: { kind: 'custom' } },
    main_rule: { in: http, args: oneOrMore, value: { kind: 'custom' } },
    naxsi_log: { in: http | server | location | limitExcept, args: oneOrMore, value: { kind: 'custom' } },
    rules_disabled: { in: http | server | location | limitExcept, args: none, value: { kind: 'custom' } },
    rules_enabled: { in: http | server | location | limitExcept, args: none, value: { kind: 'custom' } },
  },
});
