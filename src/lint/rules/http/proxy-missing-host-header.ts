import { isIp } from '../../../model/address.ts';
import { effectiveFor } from '../../../model/inherited.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { type Pass, passNames } from '../../../model/references.ts';
import { hostHeaderEdits, knowsHeaders } from '../../host-header.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const proxyMissingHostHeader = defineRule({
  id: 'proxy-missing-host-header',
  category: 'http',
  severity: 'info',
  summary: 'the back end gets its own address instead of the host that the client asked for',
  fixable: 'unsafe',
  presets: ['recommended', 'load-balancing'],
  references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header'],
  needs: passNames,
  check(context) {
    for (const pass of context.references.passes) {
      if (pass.protocol !== 'proxy' || pass.inStream || !goesInside(pass)) continue;
      if (effectiveFor(pass.scope, 'proxy_set_header', 'Host') || !knowsHeaders(pass.scope, context.model)) continue;
      report(pass, context);
    }
  },
});

/** To an address; a public host name wants its own name in Host, and of upstreams upstream-name-leaks-as-host speaks. */
function goesInside({ upstreams, targets }: Pass): boolean {
  return upstreams.length === 0 && (targets ?? []).some(({ host }) => isIp(host));
}

function report(pass: Pass, context: RuleContext): void {
  const { use, targets } = pass;
  const host = targets?.[0]?.host ?? '';
  context.report({
    span: spanOfArgument(use.directive, 0),
    message: `no Host header is set: the back end gets "${host}"`,
    why: 'By default Host is the name in proxy_pass; virtual hosts, redirects and links made by the back end then go wrong.',
    help: 'write "proxy_set_header Host $host;"',
    fix: { title: 'pass on the host that was asked for', safety: 'unsafe', edits: hostHeaderEdits(pass) },
  });
}
