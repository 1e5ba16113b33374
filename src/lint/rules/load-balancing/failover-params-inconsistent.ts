import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import type { Upstream, UpstreamServer } from '../../../model/references.ts';
import { indexOf, parametersOf, usableServers } from '../../../model/server-parameters.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const failoverParamsInconsistent = defineRule({
  id: 'failover-params-inconsistent',
  category: 'load-balancing',
  severity: 'info',
  summary: 'servers of one kind that are taken out by different rules',
  fixable: false,
  presets: ['load-balancing'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#max_fails'],
  needs: ['upstream'],
  check(context) {
    for (const upstream of context.references.upstreams) {
      reportOdd(upstream, context);
      for (const server of upstream.servers) reportPointless(server, context);
    }
  },
});

/** Of servers with one role and one weight, the first that differs from the one before it. */
function reportOdd(upstream: Upstream, { report }: RuleContext): void {
  const kinds = new Map<string, UpstreamServer>();
  for (const server of usableServers(upstream)) {
    const kind = `${server.backup} ${parametersOf(server).weight}`;
    const first = kinds.get(kind);
    if (!first) kinds.set(kind, server);
    else if (limitOf(first) !== limitOf(server)) {
      const index = Math.max(indexOf(server, 'max_fails'), indexOf(server, 'fail_timeout'));
      report({
        span: index > 0 ? spanOfArgument(server.use.directive, index) : spanOfHead(server.use.directive),
        message: `this server is out after ${limitOf(server)}, the one above after ${limitOf(first)}`,
        why: 'Both have the same share of requests. When the difference is an oversight, one of them is taken out too soon or too late.',
        help: 'write the same for both',
        related: [{ message: 'the other one', span: spanOfHead(first.use.directive) }],
      });
      return;
    }
  }
}

function limitOf(server: UpstreamServer): string {
  const { maxFails, failTimeout } = parametersOf(server);
  return maxFails === 0 ? 'no number of failures' : `${maxFails} failure${maxFails > 1 ? 's' : ''} in ${failTimeout} s`;
}

function reportPointless(server: UpstreamServer, { report }: RuleContext): void {
  const index = indexOf(server, 'fail_timeout');
  if (index < 0 || parametersOf(server).maxFails !== 0) return;
  report({
    span: spanOfArgument(server.use.directive, index),
    message: `${server.use.directive.args[index]} has no effect with max_fails=0`,
    why: 'Failures are not counted, so the server is never out for any time.',
    help: 'leave one of the two out',
  });
}
