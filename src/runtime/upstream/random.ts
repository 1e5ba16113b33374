import { DrawnSelection } from './drawn.ts';
import type { Balancer, Balancing, Peer, PeerGroup } from './peer.ts';
import { type PeerList, peerLists } from './round-robin.ts';

/** A peer by chance, or the less busy of two; chances are the weights. */
export function random(group: PeerGroup, two: boolean): Balancer {
  const lists = peerLists(group);
  return { method: two ? 'random two least_conn' : 'random', select: () => new RandomSelection(lists(), two) };
}

/** ngx_http_upstream_get_random_peer, ngx_http_upstream_get_random2_peer */
class RandomSelection extends DrawnSelection {
  /** The first of two, until there is a second one. */
  private first: { readonly peer: Peer; readonly index: number } | null = null;

  constructor(
    list: PeerList,
    private readonly two: boolean,
  ) {
    super(list);
  }

  protected override choose(at: Balancing): Peer | null {
    this.first = null;
    return super.choose(at);
  }

  protected override draw(at: Balancing): number {
    return Math.floor(at.random() * this.list.totalWeight);
  }

  protected override accept(peer: Peer, index: number, at: Balancing, seconds: number): Peer | null {
    const { first } = this;
    if (peer === first?.peer || !this.available(peer, index, at, seconds)) return null;
    if (!first && this.two) {
      this.first = { peer, index };
      return null;
    }
    const isBusier = first !== null && peer.conns * first.peer.weight > first.peer.conns * peer.weight;
    return isBusier ? this.use(first.peer, first.index, seconds) : this.use(peer, index, seconds);
  }
}
