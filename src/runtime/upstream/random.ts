import { byWeight } from './hash.ts';
import type { Balancer, Balancing, Peer, PeerGroup } from './peer.ts';
import { type PeerList, peerLists, RoundRobinSelection } from './round-robin.ts';

/** A peer by chance, or the less busy of two; chances are the weights. */
export function random(group: PeerGroup, two: boolean): Balancer {
  const lists = peerLists(group);
  return { method: two ? 'random two least_conn' : 'random', select: () => new RandomSelection(lists, two) };
}

class RandomSelection extends RoundRobinSelection {
  private attempts = 0;

  constructor(
    list: PeerList,
    private readonly two: boolean,
  ) {
    super(list);
  }

  /** ngx_http_upstream_get_random_peer, ngx_http_upstream_get_random2_peer */
  override next(at: Balancing): Peer | null {
    if (this.attempts > 20 || this.list.peers.length < 2) return this.roundRobinPeer(at);
    const seconds = at.seconds();
    let first: Peer | null = null;
    let firstIndex = 0;
    for (;;) {
      const index = byWeight(this.list, Math.floor(at.random() * this.list.totalWeight));
      const peer = this.list.peers[index] as Peer;
      if (peer !== first && this.available(peer, index, at, seconds)) {
        if (first && peer.conns * first.weight > first.conns * peer.weight) return this.use(first, firstIndex, seconds);
        if (first || !this.two) return this.use(peer, index, seconds);
        first = peer;
        firstIndex = index;
      }
      if (++this.attempts > 20) return this.roundRobinPeer(at);
    }
  }

  private use(peer: Peer, index: number, seconds: number): Peer {
    peer.conns++;
    return this.take(peer, index, seconds);
  }
}
