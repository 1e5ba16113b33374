import { retriesOf, shownTime } from '../../../model/failover.ts';
import { effectiveOne } from '../../../model/inherited.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import { passNames } from '../../../model/references.ts';
import { type Use, useIn } from '../../../model/scope.ts';
import { parametersOf, usableServers } from '../../../model/server-parameters.ts';
import { defineRule } from '../../rule.ts';

export const nextUpstreamDisabled = defineRule({
  id: 'next-upstream-disabled',
  category: 'load-balancing',
  severity: 'info',
  summary: 'several servers, and a request that fails on one is not tried on another',
  fixable: false,
  presets: ['load-balancing'],
  references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_next_upstream'],
  needs: passNames,
  check({ references, report }) {
    const done = new Set<Use>();
    for (const pass of references.passes) {
      const upstream = pass.upstreams.find((one) => usableServers(one).length > 1);
      const { reasons, tries, connect } = retriesOf(pass);
      const isOff = reasons.has('off');
      const use = effectiveOne(pass.scope, `${pass.protocol}_next_upstream${isOff ? '' : '_tries'}`);
      if (!upstream || !use || done.has(use) || (!isOff && tries !== 1) || useIn(pass.scope, 'limit_except')) continue;
      done.add(use);
      const fails = usableServers(upstream).reduce((most, server) => Math.max(most, parametersOf(server).maxFails), 0);
      report({
        span: spanOfHead(use.directive),
        message: `when a server of "${upstream.name}" is dead its requests fail`,
        why: `The other servers are not tried: the client gets 502 at once, or 504 after ${shownTime(connect)}${
          fails > 0 ? `, until max_fails=${fails} has taken the server out, and again each time it comes back` : ''
        }.`,
        help: 'allow a second try: POST is not repeated without "non_idempotent"',
        related: [{ message: 'requests pass here', span: spanOfArgument(pass.use.directive, 0) }],
      });
    }
  },
});
