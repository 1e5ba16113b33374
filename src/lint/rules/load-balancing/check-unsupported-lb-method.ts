import { methodsOf } from '../../../model/balancing.ts';
import { spanOfHead } from '../../../model/place.ts';
import type { Upstream } from '../../../model/references.ts';
import { type Use, useIn } from '../../../model/scope.ts';
import { defineRule } from '../../rule.ts';

/** What the module's patches have not reached. */
const unpatched = ['random', 'least_time'];

export const checkUnsupportedLbMethod = defineRule({
  id: 'check-unsupported-lb-method',
  category: 'load-balancing',
  severity: 'error',
  summary: 'health checks under a balancing method that does not look at them',
  fixable: false,
  presets: ['recommended', 'load-balancing'],
  references: ['https://github.com/yaoweibin/nginx_upstream_check_module#installation'],
  needs: ['upstream'],
  check({ references, options, report }) {
    if (options.flavor === 'tengine' || options.flavor === 'angie') return;
    for (const upstream of references.upstreams) {
      const check = useIn(upstream.scope, 'check');
      const cause = check && causeIn(upstream);
      if (!check || !cause) continue;
      const isServer = cause.directive.name === 'server';
      report({
        span: spanOfHead(cause.directive),
        message: isServer
          ? 'servers that "resolve" finds are not checked'
          : `${cause.directive.name} sends requests to servers that the check has found dead`,
        why: isServer
          ? 'The module knows the addresses that were there when nginx started; those that come later have no state, and dead ones stay.'
          : "nginx_upstream_check_module works by patches in nginx's own methods: round robin, ip_hash, least_conn and hash. In others its result is not asked for.",
        help: isServer ? 'name addresses, or leave the check out' : 'use least_conn, hash or round robin, or leave the check out',
        related: [{ message: 'the check', span: spanOfHead(check.directive) }],
      });
    }
  },
});

function causeIn(upstream: Upstream): Use | undefined {
  const method = methodsOf(upstream).at(-1);
  if (method && unpatched.includes(method.directive.name)) return method;
  return useIn(upstream.scope, 'sticky') ?? upstream.servers.find(({ use }) => use.directive.args.includes('resolve'))?.use;
}
