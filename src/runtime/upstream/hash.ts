import { crc32 } from './crc32.ts';
import { DrawnSelection } from './drawn.ts';
import type { Balancer, Balancing, Peer, PeerGroup } from './peer.ts';
import { type PeerList, peerLists } from './round-robin.ts';

/** The same peer for the same key, as long as the list of peers stays (compatible with Cache::Memcached). */
export function hash(group: PeerGroup): Balancer {
  const lists = peerLists(group);
  return { method: 'hash', select: (key) => new HashSelection(lists(), key) };
}

/** ngx_http_upstream_get_hash_peer */
class HashSelection extends DrawnSelection {
  private hash = 0;
  private rehash = 0;

  constructor(
    list: PeerList,
    private readonly key: string,
  ) {
    super(list);
  }

  protected override choose(at: Balancing): Peer | null {
    return this.key === '' ? this.roundRobinPeer(at) : super.choose(at);
  }

  protected override draw(): number {
    const text = this.rehash > 0 ? this.rehash + this.key : this.key;
    this.hash += (crc32(text) >>> 16) & 0x7fff;
    this.rehash++;
    return this.hash % this.list.totalWeight;
  }
}
