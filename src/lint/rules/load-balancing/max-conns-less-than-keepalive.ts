import { spanOfHead } from '../../../model/place.ts';
import { useIn } from '../../../model/scope.ts';
import { parametersOf, usableServers } from '../../../model/server-parameters.ts';
import { parseNumber } from '../../../schema/values/number.ts';
import { defineRule } from '../../rule.ts';

export const maxConnsLessThanKeepalive = defineRule({
  id: 'max-conns-less-than-keepalive',
  category: 'load-balancing',
  severity: 'info',
  summary: 'more idle connections are kept than the servers may have at all',
  fixable: false,
  presets: ['load-balancing'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#max_conns'],
  needs: ['upstream'],
  check({ references, report }) {
    for (const upstream of references.upstreams) {
      const { name, scope } = upstream;
      const use = useIn(scope, 'keepalive');
      const size = parseNumber(use?.directive.args[0] ?? '') ?? 0;
      const limits = usableServers(upstream).map((server) => parametersOf(server).maxConns);
      const limit = limits.reduce((sum, count) => sum + count, 0);
      if (!use || limits.length === 0 || limits.includes(0) || size <= limit) continue;
      const shared = useIn(scope, 'zone') !== undefined;
      report({
        span: spanOfHead(use.directive),
        message: `${size} idle connections are kept for "${name}", whose servers may have ${limits.length > 1 ? `${limits.join(' + ')} = ` : ''}${limit}`,
        why: `max_conns counts requests under way; an idle connection is open at the server, and not counted. ${shared ? 'Each worker process has a pool of its own.' : 'Each worker process has a pool, and, as there is no zone, a count of its own.'}`,
        help: `write "keepalive ${limit};" or less${shared ? '' : `, and "zone ${name} 64k;" so that max_conns counts for all worker processes`}`,
      });
    }
  },
});
