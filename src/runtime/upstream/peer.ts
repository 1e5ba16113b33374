import type { Address } from '../../host/host.ts';
import type { SkipReason } from '../events.ts';

/** One address of one `server` line (nginx: ngx_http_upstream_rr_peer_t). */
export interface Peer {
  /** `addr:port` as nginx prints it in `$upstream_addr` and on the check page. */
  readonly name: string;
  /** The `server` line's first argument as written: hash consistent works on it. */
  readonly server: string;
  readonly address: Address;
  /** The address as text: kept connections are found by it. */
  readonly addressKey: string;
  readonly weight: number;
  readonly maxFails: number;
  /** Seconds. */
  readonly failTimeout: number;
  readonly maxConns: number;
  readonly down: boolean;
  /** The named server that it is an address of at the moment (nginx: peer->host); null for a fixed one. */
  readonly from: object | null;
  /** Down for all but those who ask for it (`drain`). */
  readonly draining: boolean;
  /** What names it in a session; '' when nothing is written. */
  readonly route: string;

  // State, in nginx's words.
  currentWeight: number;
  effectiveWeight: number;
  conns: number;
  fails: number;
  /** Seconds of wall time. */
  accessed: number;
  checked: number;
  /** Set by the check module: true while its checks find the peer down. */
  checkDown: boolean;
  /** Requests handed to it since the start. */
  requests: number;
}

/** Primaries and backups of one `upstream` block. */
export interface PeerGroup {
  readonly upstream: string;
  readonly primaries: readonly Peer[];
  readonly backups: readonly Peer[];
  /** Grows when peers come or go; absent where they never do (nginx: peers->config). */
  readonly version?: number;
  /** Calls back whenever peers have come or gone. */
  onChange?(run: () => void): void;
}

/** What a balancer may look at. */
export interface Balancing {
  /** Wall time in whole seconds, cached for the turn. */
  seconds(): number;
  random(): number;
  /** Milliseconds of a clock that is never set back. */
  monotonic(): number;
  /** What is known of the current attempt; null before the first. */
  readonly attempt: AttemptTimes | null;
  /** Reports a peer that was passed over; null while nobody listens. */
  readonly skipped: ((peer: Peer, reason: SkipReason) => void) | null;
  /** nginx: "upstream server temporarily disabled". */
  disabled?(peer: Peer): void;
}

/** Milliseconds from an attempt's start until something came; -1 while it has not (nginx: u->state). */
export interface AttemptTimes {
  readonly headerTime: number;
  readonly responseTime: number;
}

/** Tells the peer that a session belongs to (nginx: pc->hint, compared with a peer's sid). */
export type Wanted = (peer: Peer) => boolean;

/** One request's way through a group (nginx: ngx_peer_connection_t with its data). */
export interface Selection {
  /** Attempts that are left (nginx: pc->tries). */
  tries: number;
  /** The peer that `next` shall choose when it may; null for any. */
  wanted: Wanted | null;
  /** The next peer, its `conns` counted; null when none is available (NGX_BUSY: "no live upstreams"). */
  next(at: Balancing): Peer | null;
  /** The head of the peer's response is passed on (NGX_HTTP_UPSTREAM_NOTIFY_HEADER). */
  answered?(peer: Peer, at: Balancing): void;
  /** Gives a peer back: `failed` counts against it, `next` does not (http_403, http_404). */
  free(peer: Peer, how: 'ok' | 'failed' | 'next', at: Balancing): void;
}

/** A balancing method bound to a group, made once at load. `key` is the request's hash key or client address (bytes). */
export interface Balancer {
  readonly method: string;
  select(key: string): Selection;
  /** Notes what it knows of these peers besides their own fields; what it returns puts that back. */
  remember?(peers: readonly Peer[]): () => void;
}

/** What a `server` line says about a peer; the rest is nginx's defaults. */
export interface PeerOptions {
  readonly name: string;
  readonly address: Address;
  readonly server?: string;
  readonly weight?: number;
  readonly maxFails?: number;
  readonly failTimeout?: number;
  readonly maxConns?: number;
  readonly down?: boolean;
  readonly from?: object | null;
  readonly draining?: boolean;
  readonly route?: string;
}

/** A peer that has served nothing yet. */
export function makePeer({
  name,
  address,
  server = name,
  weight = 1,
  maxFails = 1,
  failTimeout = 10,
  maxConns = 0,
  down = false,
  from = null,
  draining = false,
  route = '',
}: PeerOptions): Peer {
  return {
    name,
    server,
    address,
    addressKey: addressKey(address),
    weight,
    maxFails,
    failTimeout,
    maxConns,
    down,
    from,
    draining,
    route,
    currentWeight: 0,
    effectiveWeight: weight,
    conns: 0,
    fails: 0,
    accessed: 0,
    checked: 0,
    checkDown: false,
    requests: 0,
  };
}

function addressKey(address: Address): string {
  return address.kind === 'ip' ? `${address.host} ${address.port}` : `unix:${address.path}`;
}

/** Why a request, or one that asks for this peer, may not go to it now; null when it may. The order is nginx's. */
export function unavailable(peer: Peer, seconds: number, isWanted = false): Exclude<SkipReason, 'tried'> | null {
  if (peer.down && !(isWanted && peer.draining)) return 'down';
  if (peer.checkDown) return 'check-down';
  if (peer.maxFails !== 0 && peer.fails >= peer.maxFails && seconds - peer.checked <= peer.failTimeout) return 'failed';
  if (peer.maxConns !== 0 && peer.conns >= peer.maxConns) return 'max_conns';
  return null;
}
