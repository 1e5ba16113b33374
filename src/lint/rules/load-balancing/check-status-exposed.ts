import type { Use } from '../../../model/scope.ts';
import { defineRule, type RuleContext } from '../../rule.ts';
import { exposedPage, statusPages } from '../../status-pages.ts';

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

function checkPage(use: Use, context: RuleContext): void {
  if (use.directive.args[0] === 'off') return;
  const found = exposedPage(use, context, { tells: 'the addresses of the back ends and which of them are down' });
  if (found) context.report(found);
}
