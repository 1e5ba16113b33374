import { flowOf } from '../../../model/flow/flow.ts';
import { spanOfArgument } from '../../../model/place.ts';
import type { Use } from '../../../model/scope.ts';
import { findClientData, sayHeld, wayOf } from '../../client-data.ts';
import { replace } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

/** Someone has to know a valid one. */
const secrets = /authorization|api_?key|token|session|sid$|^remote_user$/;

export const rateLimitKeySpoofable = defineRule({
  id: 'rate-limit-key-spoofable',
  category: 'security',
  severity: 'warning',
  summary: 'a limit that everyone escapes who sends another header each time',
  fixable: 'unsafe',
  presets: ['recommended', 'security', 'cis'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_limit_req_module.html#limit_req_zone',
    'https://nginx.org/en/docs/http/ngx_http_limit_conn_module.html#limit_conn_zone',
  ],
  on: { limit_req_zone: look, limit_conn_zone: look },
});

function look({ directive, scope }: Use, { model, report }: RuleContext): void {
  const [key = ''] = directive.args;
  if (!key.includes('$')) return;
  const found = findClientData(flowOf(model).expand(key, { scope }), ({ part, variable, always }) =>
    always.length === 0 && /header|argument|cookie/i.test(part) && !secrets.test(variable) ? true : undefined,
  );
  if (!found) return;
  const span = spanOfArgument(directive, 0);
  report({
    span,
    message: `this limit counts by what the client says: ${sayHeld(found.held)}`,
    why: 'With another value in each request nobody is ever limited, and the zone fills up with values that never come again.',
    help: 'count by "$binary_remote_addr"; behind a proxy set_real_ip_from makes that the address of the client',
    related: wayOf(found.expansion, directive),
    fix: /^\$http_x_(forwarded_for|real_ip)$/i.test(key)
      ? { title: 'count by the address of the connection', safety: 'unsafe', edits: [replace(span, '$binary_remote_addr')] }
      : undefined,
  });
}
