import type { Request } from '../http/request.ts';
import type { Script } from '../script.ts';
import type { KeepalivePool } from './keepalive.ts';
import { type Balancer, makePeer, type Peer, type PeerGroup, type Wanted } from './peer.ts';
import { roundRobin } from './round-robin.ts';
import { printPeer, type Url } from './url.ts';

/** One request's session (nginx: ngx_http_upstream_sticky_peer_data_t). */
export interface Session {
  /** The peer that it belongs to now; null for any. */
  wanted(): Wanted | null;
  /** An attempt goes to this peer. */
  chosen(peer: Peer): void;
  /** The head of this peer's response is passed on. */
  answered(peer: Peer): void;
  /** The exchange with this peer is over, and it has not failed. */
  served(peer: Peer): void;
}

/** An `upstream` block (or the implicit one of a `proxy_pass` to an address), ready to run. */
export interface Upstream {
  /** As written. */
  readonly name: string;
  readonly group: PeerGroup;
  readonly balancer: Balancer;
  /** The key the balancer is asked with. */
  readonly key: Script;
  /** True when made from a `proxy_pass` URL rather than from an `upstream` block. */
  readonly implicit: boolean;
  /** Idle connections to its peers; null when none are kept. Set by ngx_http_upstream_keepalive_module. */
  keepalive: KeepalivePool | null;
  /** Begins a request's session; null when clients are not kept on their peers. Set by ngx_http_upstream_sticky_module. */
  sticky: ((r: Request) => Session) | null;
}

const noKey = () => '';

/** An upstream without a block: its peers in turn. */
export function upstreamOf(name: string, peers: readonly Peer[]): Upstream {
  const group = { upstream: name, primaries: peers, backups: [] };
  return { name, group, balancer: roundRobin(group), key: noKey, implicit: true, keepalive: null, sticky: null };
}

/** The upstream of one request: a host's addresses, which nobody remembers (ngx_http_upstream_create_round_robin_peer). */
export function upstreamAt({ hostText, unix, port }: Url, hosts: readonly string[]): Upstream {
  const peers = hosts.map((host) =>
    makePeer({
      name: unix ? `unix:${host}` : printPeer(host, port),
      address: unix ? { kind: 'unix', path: host } : { kind: 'ip', host, port },
    }),
  );
  return upstreamOf(hostText, peers);
}
