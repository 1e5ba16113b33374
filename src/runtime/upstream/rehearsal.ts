import type { Balancing, Peer, Wanted } from './peer.ts';
import type { Upstream } from './upstream.ts';

/** The fields of a peer that a selection changes. */
const changing = ['currentWeight', 'effectiveWeight', 'conns', 'fails', 'accessed', 'checked', 'requests'] as const;

/** One request, as far as its peers go. */
export interface Rehearsed {
  readonly key: string;
  /** The peer of its session. */
  readonly wanted: Wanted | null;
  /** How many peers it may try; 0 for no limit. */
  readonly tries: number;
}

/**
 * The peers that a request would be given, one after another, if each failed. The upstream's own balancer is asked, and
 * everything is as it was afterwards. Dice show one half: what is decided by chance (`random`) may go otherwise.
 */
export function rehearse({ balancer, group }: Upstream, { key, wanted, tries }: Rehearsed, now: Balancing): readonly Peer[] {
  const peers = [...group.primaries, ...group.backups];
  const before = peers.map((peer) => changing.map((field) => peer[field]));
  const restore = balancer.remember?.(peers);
  const [seconds, monotonic] = [now.seconds(), now.monotonic()];
  const at: Balancing = { seconds: () => seconds, monotonic: () => monotonic, random: () => 0.5, attempt: null, skipped: null };
  const order: Peer[] = [];
  const selection = balancer.select(key);
  if (tries > 0 && selection.tries > tries) selection.tries = tries;
  selection.wanted = wanted;
  do {
    const peer = selection.next(at);
    if (!peer) break;
    order.push(peer);
    selection.free(peer, 'failed', at);
    selection.wanted = null;
  } while (selection.tries > 0);
  for (const [index, peer] of peers.entries())
    for (const [which, field] of changing.entries()) peer[field] = before[index]?.[which] ?? 0;
  restore?.();
  return order;
}
