import { isIp } from '../../../model/address.ts';
import { hasHoleAround } from '../../../model/holes.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { useIn } from '../../../model/scope.ts';
import { defineRule } from '../../rule.ts';

export const upstreamSingleServer = defineRule({
  id: 'upstream-single-server',
  category: 'load-balancing',
  severity: 'hint',
  summary: 'an upstream with one server: nothing to balance, and nobody to take over',
  fixable: false,
  presets: ['load-balancing'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#upstream'],
  needs: ['upstream'],
  check({ references, model, report }) {
    for (const { name, use, scope, servers } of references.upstreams) {
      const [server] = servers;
      if (!server || servers.length > 1 || server.down || !isIp(server.address.host)) continue;
      if (/^(127\.|::1$)/.test(server.address.host) || useIn(scope, 'keepalive') || hasHoleAround(model.config, scope)) continue;
      report({
        span: spanOfArgument(use.directive, 0),
        message: `"${name}" has one server`,
        why: 'When it is gone every request gets 502 or 504; nginx does not even count the failures.',
        help: 'add a second one, or a "backup" that says sorry',
      });
    }
  },
});
