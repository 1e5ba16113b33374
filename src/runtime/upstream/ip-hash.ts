import { byWeight } from './hash.ts';
import type { Balancer, Balancing, Peer, PeerGroup } from './peer.ts';
import { type PeerList, peerLists, RoundRobinSelection } from './round-robin.ts';

/** The same peer for the same client network. The key is what `ipHashKey` makes of an address. */
export function ipHash(group: PeerGroup): Balancer {
  const lists = peerLists(group);
  return { method: 'ip_hash', select: (key) => new IpHashSelection(lists, key) };
}

/** The bytes that ip_hash looks at: three of an IPv4 address, sixteen of an IPv6 one, three zeros for a unix socket. */
export function ipHashKey(address: string): string {
  if (address.includes(':')) return address.startsWith('unix:') ? '\0\0\0' : ipv6Bytes(address);
  const octets = address.split('.');
  return octets.length === 4 ? String.fromCharCode(...octets.slice(0, 3).map(Number)) : '\0\0\0';
}

function ipv6Bytes(address: string): string {
  const [head = '', tail] = address.split('::');
  const front = groups(head);
  const back = tail === undefined ? [] : groups(tail);
  const zeros: number[] = new Array(Math.max(0, 8 - front.length - back.length)).fill(0);
  return [...front, ...zeros, ...back].map((group) => String.fromCharCode(group >> 8, group & 255)).join('');
}

function groups(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}

class IpHashSelection extends RoundRobinSelection {
  private hash = 89;
  private attempts = 0;

  constructor(
    list: PeerList,
    private readonly key: string,
  ) {
    super(list);
  }

  /** ngx_http_upstream_get_ip_hash_peer */
  override next(at: Balancing): Peer | null {
    if (this.attempts > 20 || this.list.peers.length < 2) return this.roundRobinPeer(at);
    const seconds = at.seconds();
    const { key } = this;
    let { hash } = this;
    for (;;) {
      for (let i = 0; i < key.length; i++) hash = (hash * 113 + key.charCodeAt(i)) % 6271;
      const index = byWeight(this.list, hash % this.list.totalWeight);
      const peer = this.list.peers[index] as Peer;
      if (this.available(peer, index, at, seconds)) {
        this.hash = hash;
        peer.conns++;
        return this.take(peer, index, seconds);
      }
      if (++this.attempts > 20) return this.roundRobinPeer(at);
    }
  }
}
