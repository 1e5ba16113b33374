import { type Balancing, type Peer, unavailable } from './peer.ts';
import { gain, RoundRobinSelection } from './round-robin.ts';

/** The peer with the least of something for its weight, round robin among equals: what least_conn and least_time have in common. */
export abstract class LeastSelection extends RoundRobinSelection {
  /** What is least. */
  protected abstract load(peer: Peer, at: Balancing): number;
  /** Looks at a candidate before its load is asked for. */
  protected look?(peer: Peer, at: Balancing): void;
  /** Among equals a better peer is compared with its own load, not with the first one's. */
  protected abstract readonly ownLoad: boolean;

  protected override choose(at: Balancing): Peer | null {
    if (this.list.single) return this.roundRobinPeer(at);
    return this.takeWanted(at) ?? this.least(at) ?? (this.toBackups() ? this.choose(at) : null);
  }

  private least(at: Balancing): Peer | null {
    const seconds = at.seconds();
    const { peers } = this.list;
    let best: Peer | null = null;
    let bestIndex = 0;
    let bestLoad = 0;
    let many = false;
    for (let i = 0; i < peers.length; i++) {
      const peer = peers[i] as Peer;
      if (!this.available(peer, i, at, seconds)) continue;
      this.look?.(peer, at);
      const load = this.load(peer, at);
      if (best === null || load * best.weight < bestLoad * peer.weight) {
        best = peer;
        bestIndex = i;
        bestLoad = load;
        many = false;
      } else if (load * best.weight === bestLoad * peer.weight) many = true;
    }
    if (best === null) return null;
    if (many) [best, bestIndex] = this.amongEquals(best, bestIndex, bestLoad, at);
    best.conns++;
    return this.take(best, bestIndex, seconds);
  }

  /** Smooth weighted round robin from the first of the equals on. */
  private amongEquals(first: Peer, firstIndex: number, firstLoad: number, at: Balancing): [Peer, number] {
    const { peers } = this.list;
    const seconds = at.seconds();
    let best = first;
    let bestIndex = firstIndex;
    let bestLoad = firstLoad;
    let total = 0;
    for (let i = firstIndex; i < peers.length; i++) {
      const peer = peers[i] as Peer;
      if (this.wasTried(i) || unavailable(peer, seconds)) continue;
      const load = this.load(peer, at);
      if (load * best.weight !== bestLoad * peer.weight) continue;
      total += gain(peer);
      if (peer.currentWeight > best.currentWeight) {
        best = peer;
        bestIndex = i;
        if (this.ownLoad) bestLoad = load;
      }
    }
    best.currentWeight -= total;
    return [best, bestIndex];
  }
}
