import { effectiveFor } from '../../../model/inherited.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { type Pass, passNames, type Upstream } from '../../../model/references.ts';
import { hostHeaderEdits, knowsHeaders } from '../../host-header.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const upstreamNameLeaksAsHost = defineRule({
  id: 'upstream-name-leaks-as-host',
  category: 'load-balancing',
  severity: 'warning',
  summary: 'the back end gets the name of the upstream instead of the host that the client asked for',
  fixable: 'unsafe',
  presets: ['recommended', 'load-balancing'],
  references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header'],
  needs: passNames,
  check(context) {
    for (const pass of context.references.passes) {
      const upstream = pass.upstreams.find(({ name }) => !name.includes('.'));
      if (!upstream || pass.protocol !== 'proxy' || pass.inStream) continue;
      if (effectiveFor(pass.scope, 'proxy_set_header', 'Host') || !knowsHeaders(pass.scope, context.model)) continue;
      report(pass, upstream, context);
    }
  },
});

function report(pass: Pass, { name }: Upstream, { report }: RuleContext): void {
  const isInvalid = name.includes('_');
  report({
    span: spanOfArgument(pass.use.directive, 0),
    message: `the back end gets "Host: ${name}", the name of the upstream`,
    why: isInvalid
      ? 'A name with "_" is none of a host: Tomcat, Spring and .NET answer 400, Django refuses it by ALLOWED_HOSTS.'
      : 'Virtual hosts, redirects, links and cookies made by the back end carry a name that means nothing outside.',
    help: 'write "proxy_set_header Host $host;"',
    fix: { title: 'pass on the host that was asked for', safety: 'unsafe', edits: hostHeaderEdits(pass) },
  });
}
