import type { Balancing, Peer } from './peer.ts';
import type { Upstream } from './upstream.ts';

/** The fields of a peer that a selection changes. */
const changing = ['currentWeight', 'effectiveWeight', 'conns', 'fails', 'accessed', 'checked', 'requests'] as const;

/**
 * The peers that a request would be given, one after another, if each failed; at most `tries`, 0 for no limit. The
 * upstream's own balancer is asked, and the peers are as they were afterwards. Dice show one half: what a method
 * decides by chance (`random`) may go otherwise.
 */
export function rehearse({ balancer, group }: Upstream, key: string, seconds: number, tries: number): readonly Peer[] {
  const peers = [...group.primaries, ...group.backups];
  const before = peers.map((peer) => changing.map((field) => peer[field]));
  const at: Balancing = { seconds: () => seconds, random: () => 0.5, skipped: null };
  const order: Peer[] = [];
  const selection = balancer.select(key);
  if (tries > 0 && selection.tries > tries) selection.tries = tries;
  do {
    const peer = selection.next(at);
    if (!peer) break;
    order.push(peer);
    selection.free(peer, 'failed', at);
  } while (selection.tries > 0);
  for (const [index, peer] of peers.entries())
    for (const [which, field] of changing.entries()) peer[field] = before[index]?.[which] ?? 0;
  return order;
}
