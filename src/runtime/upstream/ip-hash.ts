import { addressBytes } from '../../schema/values/ip-address.ts';
import { DrawnSelection } from './drawn.ts';
import type { Balancer, PeerGroup } from './peer.ts';
import { type PeerList, peerLists } from './round-robin.ts';

/** The same peer for the same client network. The key is what `ipHashKey` makes of an address. */
export function ipHash(group: PeerGroup): Balancer {
  const lists = peerLists(group);
  return { method: 'ip_hash', select: (key) => new IpHashSelection(lists(), key) };
}

/** The bytes that ip_hash looks at: three of an IPv4 address, sixteen of an IPv6 one, three zeros for a unix socket. */
export function ipHashKey(address: string): string {
  const bytes = addressBytes(address) ?? '\0\0\0';
  return bytes.length === 4 ? bytes.slice(0, 3) : bytes;
}

/** ngx_http_upstream_get_ip_hash_peer */
class IpHashSelection extends DrawnSelection {
  private hash = 89;

  constructor(
    list: PeerList,
    private readonly key: string,
  ) {
    super(list);
  }

  protected override draw(): number {
    const { key } = this;
    for (let i = 0; i < key.length; i++) this.hash = (this.hash * 113 + key.charCodeAt(i)) % 6271;
    return this.hash % this.list.totalWeight;
  }
}
