import { methodsOf } from '../../../model/balancing.ts';
import { hasHoleAround } from '../../../model/holes.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import type { Upstream } from '../../../model/references.ts';
import { useIn } from '../../../model/scope.ts';
import { indexOf, parametersOf, usableServers } from '../../../model/server-parameters.ts';
import { main } from '../../../schema/contexts.ts';
import { insertBefore } from '../../insert.ts';
import { defineRule, type Finding } from '../../rule.ts';

export const lbStateNotShared = defineRule({
  id: 'lb-state-not-shared',
  category: 'load-balancing',
  severity: 'info',
  summary: 'each worker process counts connections and failures for itself',
  fixable: 'unsafe',
  presets: ['load-balancing'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#zone'],
  needs: ['upstream'],
  check({ references, model, report }) {
    const workers = model.root.context === main ? useIn(model.root, 'worker_processes')?.directive : undefined;
    const count = workers?.args[0];
    if (!workers || count === '1') return;
    for (const upstream of references.upstreams) {
      const { scope, name, primaries } = upstream;
      const [first] = scope.uses;
      if (!first || useIn(scope, 'zone') || primaries.length === 0 || hasHoleAround(model.config, scope)) continue;
      const cause = causeIn(upstream, count === 'auto' ? 'the number of worker processes' : (count ?? ''));
      if (!cause) continue;
      const line = `zone ${name.replace(/[^\w.-]/g, '_')} 64k;`;
      report({
        ...cause,
        help: `write "${line}" in the upstream: then all worker processes count together`,
        related: [{ message: 'several worker processes', span: spanOfHead(workers) }],
        fix: { title: 'count together', safety: 'unsafe', edits: [insertBefore(first.directive, [line])] },
      });
    }
  },
});

type Cause = Pick<Finding, 'span' | 'message' | 'why' | 'severity'>;

function causeIn(upstream: Upstream, times: string): Cause | undefined {
  const servers = usableServers(upstream);
  const limited = servers.find((server) => parametersOf(server).maxConns > 0);
  if (limited) {
    const { maxConns } = parametersOf(limited);
    return {
      span: spanOfArgument(limited.use.directive, indexOf(limited, 'max_conns')),
      severity: 'warning',
      message: `max_conns=${maxConns} is a limit for each worker process: the server may get ${maxConns} × ${times}`,
      why: 'Without a zone each worker process knows only the connections it has made itself.',
    };
  }
  if (servers.length < 2) return undefined;
  const method = methodsOf(upstream).at(-1)?.directive;
  const counts = method && (/^least_/.test(method.name) || (method.name === 'random' && method.args[0] === 'two'));
  if (counts)
    return {
      span: spanOfHead(method),
      message: `${method.name} compares what one worker process knows`,
      why: 'Each of them sees only its own connections: the server that is the least busy for one may be the busiest of all.',
    };
  const tuned = servers.find((server) => indexOf(server, 'max_fails') > 0 && parametersOf(server).maxFails > 1);
  return (
    tuned && {
      span: spanOfArgument(tuned.use.directive, indexOf(tuned, 'max_fails')),
      message: `${parametersOf(tuned).maxFails} failures take the server out in one worker process: ${parametersOf(tuned).maxFails} × ${times} until it is out in all`,
      why: 'Without a zone failures are counted in each worker process for itself.',
    }
  );
}
