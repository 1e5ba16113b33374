import { hasHoleAround } from '../../../model/holes.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { defineRule } from '../../rule.ts';

export const upstreamAllServersDown = defineRule({
  id: 'upstream-all-servers-down',
  category: 'load-balancing',
  severity: 'error',
  summary: 'every server of an upstream is marked `down`',
  fixable: false,
  presets: ['recommended', 'load-balancing'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server'],
  needs: ['upstream'],
  check({ references, model, report }) {
    for (const { name, use, scope, servers, primaries } of references.upstreams) {
      const regular = servers.filter(({ backup }) => !backup);
      if (regular.length === 0 || primaries.length > 0 || /maintenance/i.test(name) || hasHoleAround(model.config, scope))
        continue;
      const reserve = servers.some(({ backup, down }) => backup && !down);
      report({
        span: spanOfArgument(use.directive, 0),
        severity: reserve ? 'warning' : undefined,
        message: reserve
          ? `all servers of "${name}" but the reserve are marked "down"`
          : `all ${servers.length === 1 ? 'there is in' : `${servers.length} servers of`} "${name}" ${servers.length === 1 ? 'is' : 'are'} marked "down"`,
        why: reserve
          ? 'The servers marked "backup" get every request.'
          : 'nginx starts, and answers every request with 502: "no live upstreams while connecting to upstream".',
        help: 'take "down" away from a server, or remove the upstream',
        related: regular.map((server) => ({
          message: 'down',
          span: spanOfArgument(server.use.directive, server.use.directive.args.indexOf('down')),
        })),
      });
    }
  },
});
