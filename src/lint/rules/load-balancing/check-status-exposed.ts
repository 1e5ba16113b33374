import { isOpenToAll } from '../../../model/access.ts';
import { hasHoleAround } from '../../../model/holes.ts';
import { spanOfHead } from '../../../model/place.ts';
import type { Scope, Use } from '../../../model/scope.ts';
import { useIn } from '../../../model/scope.ts';
import { location } from '../../../schema/contexts.ts';
import { insertAfter } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';
import { statusPages } from '../../status-pages.ts';

export const checkStatusExposed = defineRule({
  id: 'check-status-exposed',
  category: 'load-balancing',
  severity: 'warning',
  summary: 'the page with the state of the back ends is open to everyone',
  fixable: 'unsafe',
  presets: ['recommended', 'load-balancing', 'security'],
  references: [
    'https://github.com/yaoweibin/nginx_upstream_check_module#check_status',
    'https://nginx.org/en/docs/http/ngx_http_access_module.html',
  ],
  on: Object.fromEntries(statusPages.map((name) => [name, checkPage])),
});

function checkPage({ directive, scope }: Use, { model, report }: RuleContext): void {
  if (directive.args[0] === 'off' || !hasServer(scope) || hasHoleAround(model.config, scope) || !isOpenToAll(scope)) return;
  report({
    span: spanOfHead(directive),
    message: `${directive.name} answers everyone`,
    why: 'It tells strangers the addresses of the back ends and which of them are down.',
    help: 'allow your own addresses and "deny all;"',
    fix:
      scope.context === location && !useIn(scope, 'allow') && !useIn(scope, 'deny')
        ? {
            title: 'let only this machine read it',
            safety: 'unsafe',
            edits: [insertAfter(directive, ['allow 127.0.0.1;', 'deny all;'])],
          }
        : undefined,
  });
}

/** In a fragment without its server, rules further out are not known. */
function hasServer(scope: Scope): boolean {
  for (let at: Scope | null = scope; at; at = at.parent) if (at.directive?.name === 'server') return true;
  return false;
}
