import type { Balancing, Peer } from './peer.ts';
import { type PeerList, RoundRobinSelection } from './round-robin.ts';

/** After so many misses a request goes round. */
const mostMisses = 20;

/** Draws peers, weights laid end to end, until one of them is available: what hash, ip_hash and random have in common. */
export abstract class DrawnSelection extends RoundRobinSelection {
  private misses = 0;

  /** The next draw, below the list's total weight. */
  protected abstract draw(at: Balancing): number;

  protected override choose(at: Balancing): Peer | null {
    if (this.misses > mostMisses || this.list.peers.length < 2) return this.roundRobinPeer(at);
    const wanted = this.takeWanted(at);
    if (wanted) return wanted;
    const seconds = at.seconds();
    for (;;) {
      const index = indexAt(this.list, this.draw(at));
      const peer = this.accept(this.list.peers[index] as Peer, index, at, seconds);
      if (peer) return peer;
      if (++this.misses > mostMisses) return this.roundRobinPeer(at);
    }
  }

  /** The peer to use when this one has been drawn; null to draw again. */
  protected accept(peer: Peer, index: number, at: Balancing, seconds: number): Peer | null {
    return this.available(peer, index, at, seconds) ? this.use(peer, index, seconds) : null;
  }

  protected use(peer: Peer, index: number, seconds: number): Peer {
    peer.conns++;
    return this.take(peer, index, seconds);
  }
}

/** The position of the peer that owns `point`. */
function indexAt({ peers }: PeerList, point: number): number {
  let rest = point;
  let index = 0;
  for (let peer = peers[0]; peer && rest >= peer.weight; peer = peers[index]) {
    rest -= peer.weight;
    index++;
  }
  return index;
}
