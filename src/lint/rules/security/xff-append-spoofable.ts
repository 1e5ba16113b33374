import { flowOf } from '../../../model/flow/flow.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { effective, type Use } from '../../../model/scope.ts';
import { findClientData } from '../../client-data.ts';
import { replace } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const xffAppendSpoofable = defineRule({
  id: 'xff-append-spoofable',
  category: 'security',
  severity: 'info',
  summary: 'addresses that the client invents stand in front of its own in X-Forwarded-For',
  fixable: 'unsafe',
  presets: ['security'],
  settings: { edge: { default: false, about: 'whether clients reach this nginx directly: then it is a warning' } },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#var_proxy_add_x_forwarded_for',
    'https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/X-Forwarded-For',
  ],
  on: { proxy_set_header: look, grpc_set_header: look },
});

function look({ directive, scope }: Use, context: RuleContext): void {
  const [name = '', value = ''] = directive.args;
  if (name.toLowerCase() !== 'x-forwarded-for' || !value.includes('$') || effective(scope, 'set_real_ip_from').length > 0) return;
  const found = findClientData(flowOf(context.model).expand(value, { scope }), ({ variable }, before, after) =>
    variable === 'proxy_add_x_forwarded_for' || (variable === 'http_x_forwarded_for' && before.length + after.length > 0)
      ? true
      : undefined,
  );
  if (!found) return;
  const span = spanOfArgument(directive, 1);
  const written = span.source.text.slice(span.start, span.end);
  context.report({
    span,
    severity: context.setting('edge') ? 'warning' : undefined,
    message: 'X-Forwarded-For begins with whatever the client sent in it',
    why: 'The address of the client is put behind. A back end that takes the first entry takes one that the client invented.',
    help: 'at the edge write "$remote_addr"; behind proxies name them with set_real_ip_from, and let back ends count from the right',
    fix:
      written === '$proxy_add_x_forwarded_for'
        ? { title: 'begin anew with the address that is known', safety: 'unsafe', edits: [replace(span, '$remote_addr')] }
        : undefined,
  });
}
