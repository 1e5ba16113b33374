import { take1 } from '../../../schema/arity.ts';
import { http, limitExcept, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { list } from '../../../schema/setting.ts';
import { type AccessRule, readRule } from './rule.ts';

/** The directives of ngx_http_access_module. */
export const httpAccess = defineModule({
  name: 'ngx_http_access_module',
  settings: { rules: list<AccessRule>() },
  directives: {
    allow: { in: http | server | location | limitExcept, args: take1, value: { kind: 'cidr', values: ['all', 'unix:'] }, repeat: 'yes', sets: 'rules', read: readRule, since: '0.1.0', doc: 'en/docs/http/ngx_http_access_module.html#allow' },
    deny: { in: http | server | location | limitExcept, args: take1, value: { kind: 'cidr', values: ['all', 'unix:'] }, repeat: 'yes', sets: 'rules', read: readRule, since: '0.1.0', doc: 'en/docs/http/ngx_http_access_module.html#deny' },
  },
});
