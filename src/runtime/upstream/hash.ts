import { crc32 } from './crc32.ts';
import type { Balancer, Balancing, Peer, PeerGroup } from './peer.ts';
import { type PeerList, peerLists, RoundRobinSelection } from './round-robin.ts';

/** The same peer for the same key, as long as the list of peers stays (compatible with Cache::Memcached). */
export function hash(group: PeerGroup): Balancer {
  const lists = peerLists(group);
  return { method: 'hash', select: (key) => new HashSelection(lists, key) };
}

/** The position of the peer that owns `point`, weights laid end to end. */
export function byWeight({ peers }: PeerList, point: number): number {
  let rest = point;
  let index = 0;
  for (let peer = peers[0]; peer && rest >= peer.weight; peer = peers[index]) {
    rest -= peer.weight;
    index++;
  }
  return index;
}

class HashSelection extends RoundRobinSelection {
  private hash = 0;
  private rehash = 0;
  private attempts = 0;

  constructor(
    list: PeerList,
    private readonly key: string,
  ) {
    super(list);
  }

  /** ngx_http_upstream_get_hash_peer */
  override next(at: Balancing): Peer | null {
    if (this.attempts > 20 || this.list.peers.length < 2 || this.key === '') return this.roundRobinPeer(at);
    const seconds = at.seconds();
    for (;;) {
      const text = this.rehash > 0 ? this.rehash + this.key : this.key;
      this.hash += (crc32(text) >>> 16) & 0x7fff;
      this.rehash++;
      const index = byWeight(this.list, this.hash % this.list.totalWeight);
      const peer = this.list.peers[index] as Peer;
      if (this.available(peer, index, at, seconds)) {
        peer.conns++;
        return this.take(peer, index, seconds);
      }
      if (++this.attempts > 20) return this.roundRobinPeer(at);
    }
  }
}
