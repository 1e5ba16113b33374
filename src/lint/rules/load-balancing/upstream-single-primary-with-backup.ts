import { retriesOf } from '../../../model/failover.ts';
import { hasHoleAround } from '../../../model/holes.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import type { Pass, Upstream } from '../../../model/references.ts';
import { isChecked, parametersOf, usableServers, valueOf } from '../../../model/server-parameters.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const upstreamSinglePrimaryWithBackup = defineRule({
  id: 'upstream-single-primary-with-backup',
  category: 'load-balancing',
  severity: 'info',
  summary: 'one server with a reserve, and a single failure that moves everyone over',
  fixable: false,
  presets: ['load-balancing'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server'],
  needs: ['upstream'],
  check(context) {
    for (const upstream of context.references.upstreams) {
      const [primary] = upstream.primaries;
      const reserve = usableServers(upstream).find(({ backup }) => backup);
      if (!primary || !reserve || upstream.primaries.length > 1 || hasHoleAround(context.model.config, upstream.scope)) continue;
      const { maxFails } = parametersOf(primary);
      if (maxFails === 0) for (const pass of upstream.passes) reportUnreachable(upstream, pass, context);
      const isTuned = ['max_fails', 'fail_timeout'].some((name) => valueOf(primary, name) !== undefined);
      if (isTuned || isChecked(upstream)) continue;
      context.report({
        span: spanOfArgument(primary.use.directive, 0),
        message: `one failure of this server moves all requests to the reserve for ten seconds`,
        why: 'By default a server is out for fail_timeout=10s after max_fails=1 failure, and one slow answer is a failure. With a single server that is all of the traffic, sessions included.',
        help: 'say how many failures it takes: "max_fails=3 fail_timeout=10s"',
        related: [{ message: 'the reserve', span: spanOfHead(reserve.use.directive) }],
      });
    }
  },
});

/** Failures not counted and no second try: then nothing ever leads to the reserve (ngx_http_upstream_get_peer, ngx_http_upstream_next). */
function reportUnreachable(upstream: Upstream, pass: Pass, { report }: RuleContext): void {
  const { reasons, tries } = retriesOf(pass);
  if (!reasons.has('off') && tries !== 1) return;
  report({
    span: spanOfArgument(pass.use.directive, 0),
    severity: 'error',
    message: `the reserve of "${upstream.name}" is never used by these requests`,
    why: 'A second try is switched off, and with max_fails=0 failures are not counted: the server stays in, dead or alive.',
    help: 'leave max_fails=0 out, or allow a second try',
    related: [{ message: 'the upstream', span: spanOfArgument(upstream.use.directive, 0) }],
  });
}
