import { effectiveOne, nearestWith } from '../../../model/inherited.ts';
import { networkOf } from '../../../model/network.ts';
import { spanOfArgument } from '../../../model/place.ts';
import type { Scope, Use } from '../../../model/scope.ts';
import { scopesWithin } from '../../../model/scope.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const realipTrustsEveryone = defineRule({
  id: 'realip-trusts-everyone',
  category: 'security',
  severity: 'error',
  summary: 'anyone can claim any address, because everyone is taken for a proxy',
  fixable: false,
  presets: ['recommended', 'security'],
  references: ['https://nginx.org/en/docs/http/ngx_http_realip_module.html#set_real_ip_from'],
  on: { set_real_ip_from: look },
});

function look({ directive, scope }: Use, { report }: RuleContext): void {
  const [text = ''] = directive.args;
  const network = networkOf(text);
  if (!network || network.isPrivate || network.length >= (network.version === 4 ? 8 : 16) || isReachedFromInside(scope)) return;
  const header = effectiveOne(scope, 'real_ip_header')?.directive.args[0] ?? 'X-Real-IP';
  if (header === 'proxy_protocol') return;
  report({
    span: spanOfArgument(directive, 0),
    message:
      network.length === 0
        ? 'everyone is trusted to say which address a request comes from'
        : `${text} is a large part of the Internet, and all of it is trusted`,
    why: `$remote_addr becomes what the header ${header} says: "allow" and "deny", limits, and logs believe whoever writes "${header}: 127.0.0.1".`,
    help: 'name the addresses of your own proxies, "set_real_ip_from 10.0.0.0/8;"',
  });
}

/** Every server that this counts for listens on the loopback, a socket or a private address only. */
function isReachedFromInside(scope: Scope): boolean {
  const around = nearestWith(scope, ['listen']);
  const listens =
    around.length > 0
      ? around
      : [...scopesWithin(scope)].flatMap(({ uses }) => uses.filter(({ directive }) => directive.name === 'listen'));
  return listens.length > 0 && listens.every(({ directive }) => isInside(directive.args[0] ?? ''));
}

function isInside(listen: string): boolean {
  const host = /^(\[.*\]|[^:]*)/.exec(listen)?.[1]?.replace(/[[\]]/g, '') ?? '';
  return /^unix:/i.test(listen) || host === 'localhost' || networkOf(host)?.isPrivate === true;
}
