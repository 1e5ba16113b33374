import { hasHoleAround } from '../../../model/holes.ts';
import { effectiveOne, serverAround } from '../../../model/inherited.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import type { Pass } from '../../../model/references.ts';
import { tlsSitesOf } from '../../../model/routes/tls-sites.ts';
import { effective, type Scope, scopesWithin } from '../../../model/scope.ts';
import { headerEdits } from '../../insert-header.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const sslEarlyDataReplay = defineRule({
  id: 'ssl-early-data-replay',
  category: 'tls',
  severity: 'warning',
  summary: 'requests in early data, which anybody may send again, reach a back end that is not told',
  fixable: 'unsafe',
  presets: ['recommended', 'security'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_early_data',
    'https://www.rfc-editor.org/rfc/rfc8470',
  ],
  needs: ['ssl_early_data'],
  check(context) {
    const passes = new Map<Scope, Pass[]>();
    for (const pass of context.references.passes) {
      const server = serverAround(pass.scope);
      passes.set(server, [...(passes.get(server) ?? []), pass]);
    }
    for (const { scope } of tlsSitesOf(context.model)) {
      const use = effectiveOne(scope, 'ssl_early_data');
      if (use?.directive.args[0] !== 'on' || hasHoleAround(context.model.config, scope) || looksAtIt(scope)) continue;
      const silent = (passes.get(scope) ?? []).filter((pass) => pass.protocol === 'proxy' && !tells(pass));
      if (silent.length > 0) report(use.directive, silent, context);
    }
  },
});

function report(at: Parameters<typeof spanOfHead>[0], passes: readonly Pass[], { report }: RuleContext): void {
  report({
    span: spanOfHead(at),
    message: 'back ends cannot tell requests that may be sent again by somebody else',
    why: 'Early data has no protection against replay: who recorded it can send it again, and an order is placed twice.',
    help: 'write "proxy_set_header Early-Data $ssl_early_data;" and let the back end answer 425, or turn it off',
    related: passes
      .slice(0, 8)
      .map(({ use }) => ({ message: 'passed on without a word', span: spanOfArgument(use.directive, 0) })),
    fix: {
      title: 'tell back ends',
      safety: 'unsafe',
      edits: headerEdits(passes, 'proxy_set_header Early-Data $ssl_early_data;'),
    },
  });
}

function tells({ scope }: Pass): boolean {
  return effective(scope, 'proxy_set_header').some(({ directive: { args } }) => /\$\{?ssl_early_data\b/.test(args[1] ?? ''));
}

/** `if ($ssl_early_data) { return 425; }`, or a variable made of it. */
function looksAtIt(scope: Scope): boolean {
  for (const at of scopesWithin(scope))
    for (const { directive } of at.uses)
      if (/^(?:if|set)$/.test(directive.name) && directive.args.some((arg) => /\$\{?ssl_early_data\b/.test(arg))) return true;
  return false;
}
