import { crc32, crc32Final, crc32Start, crc32Update } from './crc32.ts';
import type { Balancer, Balancing, Peer, PeerGroup } from './peer.ts';
import { type PeerList, peerLists, RoundRobinSelection } from './round-robin.ts';

/** A ring of points: few keys move when the list of peers changes (compatible with Cache::Memcached::Fast). */
export function consistentHash(group: PeerGroup): Balancer {
  const lists = peerLists(group);
  let ring = ringOf(lists());
  return {
    method: 'hash consistent',
    select(key) {
      const list = lists();
      if (ring.list !== list) ring = ringOf(list);
      return new ConsistentHashSelection(list, ring, key);
    },
  };
}

/** Points in order, and the `server` text each belongs to. */
interface Ring {
  /** The primaries it was made of. */
  readonly list: PeerList;
  readonly points: Uint32Array;
  readonly servers: readonly string[];
}

/** ngx_http_upstream_update_chash */
function ringOf(list: PeerList): Ring {
  const all: { point: number; server: string }[] = [];
  for (const { server, weight } of list.peers) {
    const base = crc32Update(crc32Start, hostAndPort(server));
    let previous = 0;
    for (let i = 0; i < weight * 160; i++) {
      const bytes = String.fromCharCode(previous & 255, (previous >>> 8) & 255, (previous >>> 16) & 255, previous >>> 24);
      previous = crc32Final(crc32Update(base, bytes));
      all.push({ point: previous, server });
    }
  }
  all.sort((a, b) => a.point - b.point);
  const kept = all.filter(({ point }, i) => i === 0 || point !== all[i - 1]?.point);
  return { list, points: Uint32Array.from(kept, ({ point }) => point), servers: kept.map(({ server }) => server) };
}

/** `host NUL port`, the port empty when none is written. */
function hostAndPort(server: string): string {
  if (/^unix:/i.test(server)) return `${server.slice(5)}\0`;
  const withPort = /^(.*):(\d*)$/s.exec(server);
  return withPort ? `${withPort[1]}\0${withPort[2]}` : `${server}\0`;
}

/** ngx_http_upstream_find_chash_point: the first point that is not less; their number when there is none. */
function findPoint(points: Uint32Array, wanted: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (wanted > (points[middle] as number)) low = middle + 1;
    else high = middle;
  }
  return low;
}

class ConsistentHashSelection extends RoundRobinSelection {
  private position: number;
  private attempts = 0;

  constructor(
    list: PeerList,
    private readonly ring: Ring,
    private readonly key: string,
  ) {
    super(list);
    this.position = findPoint(ring.points, crc32(key));
  }

  /** ngx_http_upstream_get_chash_peer */
  protected override choose(at: Balancing): Peer | null {
    const { servers } = this.ring;
    if (this.attempts > 20 || this.list.single || servers.length === 0 || this.key === '') return this.roundRobinPeer(at);
    const wanted = this.takeWanted(at);
    if (wanted) return wanted;
    for (;;) {
      // All addresses of one `server` line, and lines of the same text, share their points.
      const peer = this.smoothest(at, servers[this.position % servers.length] as string);
      if (peer) {
        peer.conns++;
        return peer;
      }
      this.position++;
      if (++this.attempts > 20) return this.roundRobinPeer(at);
    }
  }
}
