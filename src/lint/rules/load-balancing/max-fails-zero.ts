import { retriesOf, shownTime } from '../../../model/failover.ts';
import { hasHoleAround } from '../../../model/holes.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { indexOf, isChecked, parametersOf, usableServers } from '../../../model/server-parameters.ts';
import { removeWord } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const maxFailsZero = defineRule({
  id: 'max-fails-zero',
  category: 'load-balancing',
  severity: 'warning',
  summary: 'a server that keeps its share of requests however dead it is',
  fixable: 'unsafe',
  presets: ['recommended', 'load-balancing'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#max_fails'],
  needs: ['upstream'],
  check({ references, model, report }) {
    for (const upstream of references.upstreams) {
      const servers = usableServers(upstream);
      if (servers.length < 2 || isChecked(upstream) || hasHoleAround(model.config, upstream.scope)) continue;
      const totals = { regular: 0, backup: 0 };
      for (const server of servers) totals[server.backup ? 'backup' : 'regular'] += parametersOf(server).weight;
      for (const server of servers) {
        const index = indexOf(server, 'max_fails');
        const word = server.use.directive.node.args[index];
        if (!word || parametersOf(server).maxFails !== 0) continue;
        const { weight } = parametersOf(server);
        const total = totals[server.backup ? 'backup' : 'regular'];
        const [pass] = upstream.passes;
        const wait = pass ? `, each of which may wait ${shownTime(retriesOf(pass).connect)} for it` : '';
        report({
          span: spanOfArgument(server.use.directive, index),
          message: `when this server is dead it still gets ${weight} of ${total} requests${wait}`,
          why: 'max_fails=0 switches the counting of failures off, and no health check takes its place.',
          help: 'leave it out, write a number such as max_fails=3, or add health checks',
          fix: { title: 'count failures', safety: 'unsafe', edits: [removeWord(server.use.directive, word)] },
        });
      }
    }
  },
});
