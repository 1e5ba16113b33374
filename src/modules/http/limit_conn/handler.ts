import { handle, type LogLevel, type PlanContext, type Script, type Verdict } from '../../../runtime/hooks.ts';
import type { Request } from '../../../runtime/http/request.ts';
import { SlabPages } from '../../../runtime/zones.ts';
import { httpLimitConn } from './directives.ts';
import type { ConnectionLimit, ConnectionZone } from './settings.ts';

/** How many requests of each key run (nginx: ngx_http_limit_conn_shctx_t). */
interface Connections {
  readonly counts: Map<string, number>;
  readonly pages: SlabPages;
}

/** A zone as one configuration sees it. */
interface PlannedZone extends ConnectionZone {
  readonly keyOf: Script;
  readonly connections: Connections;
}

interface Limit extends ConnectionLimit {
  readonly planned: PlannedZone;
}

interface Limits {
  readonly limits: readonly Limit[];
  readonly status: number;
  readonly level: LogLevel;
  readonly dryRun: boolean;
  readonly at: PlanContext;
}

/** What has become of a request; it is counted once only. */
const statuses = new WeakMap<Request, string>();

/** `limit_conn`: no more than so many requests of a key run at a time. */
export const limitConnHandler = handle(httpLimitConn, {
  http({ zones }, at) {
    for (const zone of zones) planZone(zone, at);
  },
  preaccess({ limits, status, level, dryRun }, at) {
    const planned = limits.flatMap((limit): Limit[] => {
      const zone = at.findZone<PlannedZone>(httpLimitConn, limit.zone);
      return zone ? [{ ...limit, planned: zone }] : [];
    });
    if (planned.length === 0) return undefined;
    const all = { limits: planned, status, level, dryRun, at };
    return (r) => (statuses.has(r.main) ? 'declined' : limit(r, all));
  },
  variables: { limit_conn_status: (r) => statuses.get(r.main) },
});

/** A node without its key, the head of the tree, and how the zone is named in messages. */
const ownSizes = { node: 36, tree: 128, name: 32 };

// ngx_http_limit_conn_init_zone
function planZone(zone: ConnectionZone, at: PlanContext): void {
  at.zone<PlannedZone>(httpLimitConn, zone, (before) => {
    const line = at.scope.uses.find(({ directive: { name, args } }) => name === 'limit_conn_zone' && args[0] === zone.key);
    if (line && before && before.key !== zone.key)
      at.fail(
        line.directive,
        `limit_conn_zone "${zone.name}" uses the "${zone.key}" key while previously it used the "${before.key}" key`,
      );
    const fresh = () => ({ counts: new Map(), pages: new SlabPages(zone.size, ownSizes.tree, zone.name.length + ownSizes.name) });
    return { ...zone, keyOf: at.script(zone.key, line?.directive), connections: before?.connections ?? fresh() };
  });
}

// ngx_http_limit_conn_handler
function limit(r: Request, all: Limits): Verdict {
  const held: (() => void)[] = [];
  for (const { zone, most, planned } of all.limits) {
    const key = keyFor(r, planned);
    if (key === '') continue;
    statuses.set(r.main, 'PASSED');
    const count = planned.connections.counts.get(key) ?? 0;
    if (count >= most) {
      r.log(all.level, `limiting connections${all.dryRun ? ', dry run,' : ''} by zone "${zone}"`);
      return refuse(r, all, held);
    }
    if (count === 0 && !planned.connections.pages.take(ownSizes.node + key.length)) {
      all.at.log('crit', `ngx_slab_alloc() failed: no memory in limit_conn_zone "${zone}"`);
      return refuse(r, all, held);
    }
    planned.connections.counts.set(key, count + 1);
    held.push(() => leave(planned.connections, key));
  }
  for (const release of held) r.main.cleanup(release);
  return 'declined';
}

/** The key of a request; '' when it is not limited. */
function keyFor(r: Request, { key, keyOf }: PlannedZone): string {
  const text = keyOf(r);
  if (text.length <= 255) return text;
  r.log('error', `the value of the "${key}" key is more than 255 bytes: "${text}"`);
  return '';
}

function refuse(r: Request, { status, dryRun }: Limits, held: readonly (() => void)[]): Verdict {
  for (const release of held) release();
  statuses.set(r.main, dryRun ? 'REJECTED_DRY_RUN' : 'REJECTED');
  return dryRun ? 'declined' : status;
}

// ngx_http_limit_conn_cleanup
function leave({ counts, pages }: Connections, key: string): void {
  const count = (counts.get(key) ?? 0) - 1;
  if (count > 0) {
    counts.set(key, count);
    return;
  }
  counts.delete(key);
  pages.give(ownSizes.node + key.length);
}
