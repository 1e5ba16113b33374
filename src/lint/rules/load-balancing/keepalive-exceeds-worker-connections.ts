import type { Model } from '../../../model/build.ts';
import { spanOfHead } from '../../../model/place.ts';
import { type Use, useIn } from '../../../model/scope.ts';
import { parseNumber } from '../../../schema/values/number.ts';
import { defineRule } from '../../rule.ts';

const defaultConnections = 512;

export const keepaliveExceedsWorkerConnections = defineRule({
  id: 'keepalive-exceeds-worker-connections',
  category: 'load-balancing',
  severity: 'warning',
  summary: 'idle connections to back ends may take the place that clients need',
  fixable: false,
  presets: ['load-balancing', 'performance'],
  settings: { ratio: { default: 50, about: 'percent of worker_connections that idle connections may take' } },
  references: [
    'https://nginx.org/en/docs/ngx_core_module.html#worker_connections',
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive',
  ],
  needs: ['upstream'],
  check({ references, model, setting, report }) {
    if (!model.config.closed) return;
    const pools = references.upstreams.flatMap(({ scope }) => useIn(scope, 'keepalive') ?? []);
    const total = pools.reduce((sum, use) => sum + sizeOf(use), 0);
    const { count, use } = connections(model);
    const [largest] = [...pools].sort((a, b) => sizeOf(b) - sizeOf(a));
    const percent = Math.round((100 * total) / count);
    if (!largest || percent < setting<number>('ratio')) return;
    report({
      span: spanOfHead(largest.directive),
      severity: percent >= 100 ? 'error' : undefined,
      message: `${total} idle connections to back ends are ${percent} % of ${count} worker_connections${use ? '' : ' (the default)'}`,
      why: 'worker_connections counts connections to clients and to back ends, for each worker process, and so does keepalive. When the places run out nginx closes idle connections of clients, and then accepts no more: "worker_connections are not enough".',
      help: 'raise worker_connections (and worker_rlimit_nofile), or keep fewer connections',
      related: use ? [{ message: 'the places there are', span: spanOfHead(use.directive) }] : undefined,
    });
  },
});

function sizeOf({ directive }: Use): number {
  return parseNumber(directive.args[0] ?? '') ?? 0;
}

function connections({ root }: Model): { readonly count: number; readonly use: Use | undefined } {
  const events = useIn(root, 'events')?.opened;
  const use = events ? useIn(events, 'worker_connections') : undefined;
  return { count: parseNumber(use?.directive.args[0] ?? '') || defaultConnections, use };
}
