import { asksForProof } from '../../../model/access.ts';
import { hasHoleAround } from '../../../model/holes.ts';
import { effectiveOne } from '../../../model/inherited.ts';
import { spanOfHead } from '../../../model/place.ts';
import { endingOf } from '../../../model/routes/endings.ts';
import type { ListenGroup } from '../../../model/routes/listen-groups.ts';
import { type Site, sitesOf } from '../../../model/routes/sites.ts';
import { isTls, sitesAt } from '../../../model/routes/tls-sites.ts';
import { effective, type Scope, type Use, usesIn } from '../../../model/scope.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const authBasicWithoutTls = defineRule({
  id: 'auth-basic-without-tls',
  category: 'security',
  severity: 'warning',
  summary: 'a password is asked for over plain HTTP, where everybody on the way can read it',
  fixable: false,
  presets: ['recommended', 'security'],
  settings: { behindProxy: { default: false, about: 'whether something in front of nginx speaks TLS with clients' } },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_auth_basic_module.html',
    'https://www.rfc-editor.org/rfc/rfc7617#section-4',
  ],
  needs: ['auth_basic'],
  check(context) {
    if (context.setting('behindProxy')) return;
    const said = new Set<Use>();
    for (const group of sitesOf(context.model).groups) {
      if (isTls(group) || isPrivate(group)) continue;
      for (const site of sitesAt(group)) examine(site, said, context);
    }
  },
});

/** Connections of this machine only, or those that a balancer announces. */
function isPrivate({ key, lines }: ListenGroup<Site>): boolean {
  return /^(?:unix:|127\.|\[::1\])/.test(key) || lines.some(({ listen }) => listen.parameters.includes('proxy_protocol'));
}

function examine(site: Site, said: Set<Use>, { model, report }: RuleContext): void {
  if (endingOf(site.scope) || redirectsSome(site.scope) || isBehindProxy(site.scope)) return;
  if (!site.at || hasHoleAround(model.config, site.scope)) return;
  for (const scope of [site.scope, ...site.routes.map((route) => route.scope)]) {
    const use = effectiveOne(scope, 'auth_basic');
    if (!use || use.directive.args[0] === 'off' || said.has(use) || endingOf(scope) || !asksForProof(scope)) continue;
    if (scope === site.scope && site.routes.length > 0) continue;
    said.add(use);
    const listen = usesIn(site.scope, 'listen').find(
      ({ directive: { args } }) => !args.includes('ssl') && !args.includes('quic'),
    );
    report({
      span: spanOfHead(use.directive),
      message: 'the password crosses the network in plain text',
      why: 'Basic authentication sends name and password with every request, only encoded; this server takes requests without TLS.',
      help: 'answer on 443 with TLS only, and redirect from 80',
      related: [{ message: 'speaks plain HTTP', span: spanOfHead(listen?.directive ?? site.at) }],
    });
  }
}

/** `if ($scheme = http) { return 301 https://…; }` */
function redirectsSome(scope: Scope): boolean {
  return usesIn(scope, 'if').some(({ opened }) => opened !== null && endingOf(opened) !== undefined);
}

/** Addresses of clients come from a proxy in front, which may be the one that speaks TLS. */
function isBehindProxy(scope: Scope): boolean {
  return effective(scope, 'set_real_ip_from').length > 0;
}
