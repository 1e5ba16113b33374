import { nearestWith } from '../../../model/inherited.ts';
import { spanOfHead } from '../../../model/place.ts';
import type { Pass } from '../../../model/references.ts';
import { useIn } from '../../../model/scope.ts';
import { replace } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const ipHashSlash24Collapse = defineRule({
  id: 'ip-hash-slash24-collapse',
  category: 'load-balancing',
  severity: 'info',
  summary: '`ip_hash` takes all clients of a /24 network for one',
  fixable: 'unsafe',
  presets: ['load-balancing'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#ip_hash'],
  needs: ['upstream'],
  check({ references, report }) {
    for (const { scope, primaries, passes, inStream, name } of references.upstreams) {
      const method = useIn(scope, 'ip_hash');
      if (!method || inStream || primaries.length < 2) continue;
      const networks = passes.map(allowedNetwork);
      const isOne = networks.length > 0 && networks.every((network) => network !== undefined && network === networks[0]);
      const span = spanOfHead(method.directive);
      report({
        span,
        severity: isOne ? 'warning' : undefined,
        message: isOne
          ? `only clients of ${networks[0]}.0/24 are let in, and ip_hash sends all of those to one of the ${primaries.length} servers of "${name}"`
          : 'ip_hash looks at the first three numbers of an IPv4 address only',
        why: 'Everybody in one /24, an office, a mobile provider, the edge of a CDN, a network of pods, goes to one and the same server.',
        help: 'write "hash $binary_remote_addr consistent;" to tell clients apart by the whole address',
        fix: { title: 'hash the whole address', safety: 'unsafe', edits: [replace(span, 'hash $binary_remote_addr consistent')] },
      });
    }
  },
});

/** The one /24 that `allow` lets in before `deny all`, as its first three numbers. */
function allowedNetwork({ scope }: Pass): string | undefined {
  const rules = nearestWith(scope, ['allow', 'deny']).map(({ directive: { name, args } }) => [name, args[0] ?? ''] as const);
  const end = rules.findIndex(([name, range]) => name === 'deny' && range === 'all');
  const allowed = rules.slice(0, Math.max(0, end)).map(([name, range]) => (name === 'allow' ? networkOf(range) : undefined));
  return allowed.length > 0 && allowed.every((network) => network !== undefined && network === allowed[0])
    ? allowed[0]
    : undefined;
}

function networkOf(range: string): string | undefined {
  const [, network, , bits = '32'] = /^((\d+\.){2}\d+)\.\d+(?:\/(\d+))?$/.exec(range) ?? [];
  return Number(bits) >= 24 ? network : undefined;
}
