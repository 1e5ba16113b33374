import { hasHoleAround } from '../../../model/holes.ts';
import { nearestWith } from '../../../model/inherited.ts';
import { spanOfHead } from '../../../model/place.ts';
import { effective, type Scope, scopesWithin, type Use, usesIn } from '../../../model/scope.ts';
import { http } from '../../../schema/contexts.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const realipIncomplete = defineRule({
  id: 'realip-incomplete',
  category: 'security',
  severity: 'warning',
  summary: 'addresses are meant to be taken from a header, and nothing is',
  fixable: false,
  presets: ['recommended'],
  references: ['https://nginx.org/en/docs/http/ngx_http_realip_module.html'],
  on: { real_ip_header: look },
});

function look(use: Use, context: RuleContext): void {
  const { directive, scope } = use;
  if (context.model.root.context & ~http && scope === context.model.root) return;
  if (!isWhole(scope, context)) return;
  const [header = ''] = directive.args;
  if (!anyWithin(scope, 'set_real_ip_from')) {
    context.report({
      span: spanOfHead(directive),
      message: `${header} is never read: no proxy is trusted`,
      why: 'Without set_real_ip_from $remote_addr stays the address of the proxy: limits count all clients as one, and logs show none of them.',
      help: 'name your proxies, "set_real_ip_from 10.0.0.0/8;"',
    });
  } else if (header === 'proxy_protocol' && !speaksProxyProtocol(scope)) {
    context.report({
      span: spanOfHead(directive),
      message: 'no listen of these servers has "proxy_protocol"',
      why: 'The addresses of the PROXY protocol are read only where the connection begins with it; $remote_addr stays the address of the proxy.',
      help: 'write "listen 443 ssl proxy_protocol;", when the proxy in front does send it',
    });
  }
}

/** In a fragment, or with a file missing, the other half may stand elsewhere. */
function isWhole(scope: Scope, { model }: RuleContext): boolean {
  let top = scope;
  while (top.parent) top = top.parent;
  return (
    top.directive === null &&
    model.root.uses.some(({ directive }) => directive.name === 'http' || directive.name === 'events') &&
    !hasHoleAround(model.config, scope) &&
    model.config.closed
  );
}

function anyWithin(scope: Scope, name: string): boolean {
  return effective(scope, name).length > 0 || [...scopesWithin(scope)].some((at) => usesIn(at, name).length > 0);
}

function speaksProxyProtocol(scope: Scope): boolean {
  const around = nearestWith(scope, ['listen']);
  const listens = around.length > 0 ? around : [...scopesWithin(scope)].flatMap((at) => usesIn(at, 'listen'));
  return listens.some(({ directive }) => directive.args.includes('proxy_protocol'));
}
