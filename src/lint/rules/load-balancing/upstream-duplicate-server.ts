import type { Edit } from '../../../diagnostics/diagnostic.ts';
import { spanOfArgument } from '../../../model/place.ts';
import type { Upstream, UpstreamServer } from '../../../model/references.ts';
import { indexOf, parametersOf } from '../../../model/server-parameters.ts';
import { insertWord, removeDirective, replace } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const upstreamDuplicateServer = defineRule({
  id: 'upstream-duplicate-server',
  category: 'load-balancing',
  severity: 'warning',
  summary: 'one and the same server twice in an upstream',
  fixable: 'unsafe',
  presets: ['recommended', 'load-balancing'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server'],
  needs: ['upstream'],
  check({ references, report }) {
    for (const upstream of references.upstreams) {
      const seen = new Map<string, UpstreamServer>();
      for (const server of upstream.servers) {
        const key = addressOf(upstream, server);
        const first = seen.get(key);
        if (!first) seen.set(key, server);
        if (!first || first.down || server.down) continue;
        const edits = merged(first, server);
        report({
          span: spanOfArgument(server.use.directive, 0),
          message: `${key} is in "${upstream.name}" already`,
          why:
            first.backup === server.backup
              ? 'It gets a share of requests for each line, its failures are counted for each line, and a request that it fails is tried on it again.'
              : 'As its own reserve it does not help: when it is dead, so is the reserve.',
          help:
            first.backup === server.backup
              ? 'write it once, with weight=2 if that is meant'
              : 'name another server as the reserve',
          related: [{ message: 'the first time', span: spanOfArgument(first.use.directive, 0) }],
          fix: edits && { title: 'write it once, with their weights added', safety: 'unsafe', edits },
        });
      }
    }
  },
});

/** Host and port as nginx fills it in; the same text for the same address. */
function addressOf({ inStream }: Upstream, { address: { host, port } }: UpstreamServer): string {
  const shown = host.includes(':') && !host.startsWith('unix:') ? `[${host}]` : host;
  return host.startsWith('unix:') || (inStream && port === '') ? shown : `${shown}:${port || '80'}`;
}

/** One line with the sum of the weights; undefined when the lines differ in more than that. */
function merged(first: UpstreamServer, second: UpstreamServer): readonly Edit[] | undefined {
  const others = ({ use }: UpstreamServer) =>
    use.directive.args
      .slice(1)
      .filter((word) => !word.startsWith('weight='))
      .sort()
      .join(' ');
  if (others(first) !== others(second)) return undefined;
  const weight = `weight=${parametersOf(first).weight + parametersOf(second).weight}`;
  const index = indexOf(first, 'weight');
  const { directive } = first.use;
  const edit = index < 0 ? insertWord(directive, 0, weight) : replace(spanOfArgument(directive, index), weight);
  return [edit, removeDirective(second.use.directive)];
}
