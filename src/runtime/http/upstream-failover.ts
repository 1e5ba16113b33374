import type { Failover } from '../events.ts';
import type { Balancing, Wanted } from '../upstream/peer.ts';
import { rehearse } from '../upstream/rehearsal.ts';
import type { Upstream } from '../upstream/upstream.ts';
import { nextReasons } from './next-reasons.ts';
import type { UpstreamConf } from './upstream-plan.ts';

/** What would happen if peers failed, for those who listen. */
export function failoverOf(
  upstream: Upstream,
  { key, wanted }: { readonly key: string; readonly wanted: Wanted | null },
  conf: UpstreamConf,
  at: Balancing,
): Failover {
  const { nextUpstream, nextUpstreamTries: tries, nextUpstreamTimeout: timeout } = conf;
  const { connectTimeout, sendTimeout, readTimeout } = conf;
  const named = Object.entries(nextReasons).filter(([name, bit]) => name !== 'nolive' && (nextUpstream & bit) !== 0);
  const reasons = named.map(([name]) => name);
  const order = rehearse(upstream, { key, wanted, tries }, at).map(({ name }) => name);
  return { order, reasons, tries, timeout, connectTimeout, sendTimeout, readTimeout };
}
