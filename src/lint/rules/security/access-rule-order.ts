import { serverAround } from '../../../model/inherited.ts';
import { spanOfHead } from '../../../model/place.ts';
import { type Scope, type Use, useIn, usesIn } from '../../../model/scope.ts';
import { type Cidr, parseCidr } from '../../../schema/values/grammar/cidr.ts';
import { prefixOf } from '../../../schema/values/ip-address.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const accessRuleOrder = defineRule({
  id: 'access-rule-order',
  category: 'security',
  severity: 'warning',
  summary: 'an "allow" or "deny" that an earlier, opposite rule has decided already, or that leaves IPv6 open',
  fixable: false,
  presets: ['recommended', 'security', 'cis', 'stig'],
  references: ['https://nginx.org/en/docs/http/ngx_http_access_module.html'],
  on: {
    allow: examineOnce,
    deny: examineOnce,
  },
});

/** The rules of a block are looked at with its first one. */
function examineOnce({ directive, scope }: Use, context: RuleContext): void {
  const first = scope.uses.find(({ directive: { name } }) => name === 'allow' || name === 'deny');
  if (first?.directive !== directive) return;
  const rules = scope.uses.filter(({ directive: { name } }) => name === 'allow' || name === 'deny');
  const decided = new Decided();
  for (const use of rules) {
    const earlier = decided.by(use);
    if (earlier && earlier.directive.name !== use.directive.name) reportUnreached(use, earlier, context);
    if (!earlier) decided.add(use);
  }
  const denied = rules.find(({ directive: { name, args } }) => name === 'deny' && args[0] === '0.0.0.0/0');
  if (denied && !rules.some(({ directive: { args } }) => isForV6(args[0] ?? '')) && listensOnV6(scope))
    reportOpenV6(denied, context);
}

function isForV6(whom: string): boolean {
  return whom === 'all' || whom.includes(':');
}

function listensOnV6(scope: Scope): boolean {
  return usesIn(serverAround(scope), 'listen').some(({ directive: { args } }) => args[0]?.startsWith('[') && args[0] !== '[::1]');
}

/** Networks that rules have decided about, by their leading digits. */
class Decided {
  private all: Use | undefined;
  private readonly networks = { 4: new Map<string, Use>(), 6: new Map<string, Use>() };

  /** The first rule that takes every address of this one. */
  by({ directive }: Use): Use | undefined {
    const whom = directive.args[0] ?? '';
    if (this.all) return this.all;
    const network = whom === 'unix:' ? undefined : parseCidr(whom);
    if (!network) return undefined;
    const digits = digitsOf(network);
    const known = this.networks[network.family];
    for (let length = 0; length <= digits.length; length++) {
      const use = known.get(digits.slice(0, length));
      if (use) return use;
    }
    return undefined;
  }

  add(use: Use): void {
    const whom = use.directive.args[0] ?? '';
    const network = whom === 'unix:' ? undefined : parseCidr(whom);
    if (whom === 'all') this.all = use;
    else if (network) this.networks[network.family].set(digitsOf(network), use);
  }
}

function digitsOf(network: Cidr): string {
  if (network.family === 6) return prefixOf(network.key);
  return network.address.toString(2).padStart(32, '0').slice(0, network.bits);
}

function reportUnreached({ directive }: Use, earlier: Use, { report }: RuleContext): void {
  const [whom = ''] = directive.args;
  report({
    span: spanOfHead(directive),
    message: `${whom === 'all' ? 'everybody' : whom} is ${earlier.directive.name === 'allow' ? 'allowed' : 'refused'} by an earlier rule already`,
    why: 'The first rule that matches an address decides; this one is never reached.',
    help: 'write narrow rules first, and the rule for "all" last',
    related: [{ message: 'decides first', span: spanOfHead(earlier.directive) }],
  });
}

function reportOpenV6({ directive, scope }: Use, { report }: RuleContext): void {
  const listen = useIn(serverAround(scope), 'listen');
  report({
    span: spanOfHead(directive),
    message: 'clients that come over IPv6 are let in',
    why: 'The rules of this block are about IPv4 only, the server listens on IPv6 too, and an address that no rule matches is allowed.',
    help: 'write "deny all;"',
    related: listen && [{ message: 'where the server listens', span: spanOfHead(listen.directive) }],
  });
}
