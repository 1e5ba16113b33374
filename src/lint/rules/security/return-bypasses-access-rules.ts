import { spanOfHead } from '../../../model/place.ts';
import { endingOf } from '../../../model/routes/endings.ts';
import { reachOf } from '../../../model/routes/reach.ts';
import { printPath } from '../../../model/routes/show.ts';
import { type Site, sitesOf } from '../../../model/routes/sites.ts';
import type { Scope, Use } from '../../../model/scope.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

const asking = new Set(['auth_basic', 'auth_request', 'auth_jwt', 'auth_ldap', 'auth_pam', 'auth_oidc']);

export const returnBypassesAccessRules = defineRule({
  id: 'return-bypasses-access-rules',
  category: 'security',
  severity: 'error',
  summary: 'a "return" beside rules about access: it answers before they are looked at',
  fixable: false,
  presets: ['recommended', 'security', 'cis', 'stig'],
  references: [
    'https://nginx.org/en/docs/dev/development_guide.html#http_phases',
    'https://nginx.org/en/docs/http/ngx_http_access_module.html',
  ],
  check(context) {
    for (const site of sitesOf(context.model).all) {
      examine(site.scope, '/', context);
      for (const route of site.routes) {
        const reach = endingOf(route.scope) && route.kind !== 'named' && !isInternal(route.scope) ? reachOf(route) : undefined;
        if (reach?.kind === 'reached' && !isEndedAbove(site)) examine(route.scope, reach.path, context);
      }
    }
  },
});

function isEndedAbove({ scope }: Site): boolean {
  return endingOf(scope) !== undefined;
}

function isInternal({ uses }: Scope): boolean {
  return uses.some(({ directive }) => directive.name === 'internal');
}

/** Refusals and errors give nothing away; a redirect gives its target. */
function examine(scope: Scope, path: string, { report }: RuleContext): void {
  const ending = endingOf(scope);
  const [rule] = scope.uses.filter(restricts);
  if (!ending || !rule) return;
  const status = statusOf(ending);
  if (status >= 400 || status === 204) return;
  const isRedirect = status >= 300;
  report({
    span: spanOfHead(ending.directive),
    severity: isRedirect ? 'info' : undefined,
    message: `GET ${printPath(path)} is answered ${status} whoever asks: "${rule.directive.name}" is never looked at`,
    why: 'Rewriting directives answer in an earlier phase than the one in which access is checked.',
    help: isRedirect
      ? 'remove the rules if the redirect may be seen by everybody'
      : 'let a file or a back end answer, or answer from a named location with try_files',
    related: [{ message: 'has no effect', span: spanOfHead(rule.directive) }],
  });
}

function restricts({ directive: { name, args } }: Use): boolean {
  return name === 'deny' || (asking.has(name) && args[0] !== 'off');
}

function statusOf({ directive: { name, args } }: Use): number {
  if (name === 'rewrite') return args[2] === 'permanent' ? 301 : 302;
  return /^\d+$/.test(args[0] ?? '') ? Number(args[0]) : 302;
}
