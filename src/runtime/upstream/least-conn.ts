import { type Balancer, type Balancing, type Peer, type PeerGroup, unavailable } from './peer.ts';
import { gain, peerLists, RoundRobinSelection } from './round-robin.ts';

/** Fewest connections for its weight; round robin among equals. */
export function leastConn(group: PeerGroup): Balancer {
  const lists = peerLists(group);
  return { method: 'least_conn', select: () => new LeastConnSelection(lists()) };
}

class LeastConnSelection extends RoundRobinSelection {
  /** ngx_http_upstream_get_least_conn_peer */
  protected override choose(at: Balancing): Peer | null {
    if (this.list.single) return this.roundRobinPeer(at);
    const seconds = at.seconds();
    const { peers } = this.list;
    let best: Peer | null = null;
    let bestIndex = 0;
    let many = false;
    for (let i = 0; i < peers.length; i++) {
      const peer = peers[i] as Peer;
      if (!this.available(peer, i, at, seconds)) continue;
      if (best === null || peer.conns * best.weight < best.conns * peer.weight) {
        best = peer;
        bestIndex = i;
        many = false;
      } else if (peer.conns * best.weight === best.conns * peer.weight) many = true;
    }
    if (best === null) return this.toBackups() ? this.choose(at) : null;
    if (many) [best, bestIndex] = this.amongEquals(best, bestIndex, seconds);
    best.conns++;
    return this.take(best, bestIndex, seconds);
  }

  /** Smooth weighted round robin from the first of the equals on. */
  private amongEquals(first: Peer, firstIndex: number, seconds: number): [Peer, number] {
    const { peers } = this.list;
    let best = first;
    let bestIndex = firstIndex;
    let total = 0;
    for (let i = firstIndex; i < peers.length; i++) {
      const peer = peers[i] as Peer;
      if (peer.conns * best.weight !== best.conns * peer.weight) continue;
      if (this.wasTried(i) || unavailable(peer, seconds)) continue;
      total += gain(peer);
      if (peer.currentWeight > best.currentWeight) {
        best = peer;
        bestIndex = i;
      }
    }
    best.currentWeight -= total;
    return [best, bestIndex];
  }
}
