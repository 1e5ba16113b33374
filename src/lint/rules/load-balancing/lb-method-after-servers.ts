import { allowsBackup, methodsOf } from '../../../model/balancing.ts';
import { spanOfHead } from '../../../model/place.ts';
import { move } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const lbMethodAfterServers = defineRule({
  id: 'lb-method-after-servers',
  category: 'load-balancing',
  severity: 'info',
  summary: 'the balancing method stands below the servers, whose parameters are judged without it',
  fixable: 'safe',
  presets: ['load-balancing', 'style'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#ip_hash'],
  needs: ['upstream'],
  check({ references, report }) {
    for (const upstream of references.upstreams) {
      const { uses } = upstream.scope;
      const method = methodsOf(upstream).at(-1);
      const [server] = upstream.servers;
      const [first] = uses;
      if (!method || !server || !first || uses.indexOf(method) < uses.indexOf(server.use)) continue;
      // What lb-method-with-backup speaks of.
      if (!allowsBackup(method) && upstream.servers.some(({ backup }) => backup)) continue;
      const isOnly = methodsOf(upstream).length === 1;
      const edits = isOnly ? move([method.directive], 'above', first.directive) : undefined;
      report({
        span: spanOfHead(method.directive),
        message: `${method.directive.name} stands below the servers it balances`,
        why: 'nginx checks the parameters of a server against the methods it has read so far: "backup", which some refuse, is then accepted and hardly ever used. Readers take the upstream for round robin.',
        help: 'write it on the first line of the upstream',
        fix: edits && { title: 'move it to the top', safety: 'safe', edits },
      });
    }
  },
});
