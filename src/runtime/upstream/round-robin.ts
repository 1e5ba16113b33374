import type { SkipReason } from '../events.ts';
import { type Balancer, type Balancing, type Peer, type PeerGroup, type Selection, unavailable, type Wanted } from './peer.ts';

/** Primaries or backups of a group with what is counted once (nginx: ngx_http_upstream_rr_peers_t). */
export interface PeerList {
  readonly peers: readonly Peer[];
  /** One primary and no backup: its failures are never counted. */
  readonly single: boolean;
  /** Down peers included. */
  readonly totalWeight: number;
  /** Peers that are not down. */
  readonly tries: number;
  /** What is asked when none of these is available. */
  readonly backup: PeerList | null;
  /** False once the group has other peers. */
  isCurrent(): boolean;
}

/** The group's lists, made again whenever its peers have changed (ngx_http_upstream_init_round_robin). */
export function peerLists(group: PeerGroup): () => PeerList {
  let lists = listsOf(group);
  return group.version === undefined ? () => lists : () => (lists.isCurrent() ? lists : (lists = listsOf(group)));
}

function listsOf(group: PeerGroup): PeerList {
  const { primaries, backups, version } = group;
  const isCurrent = () => group.version === version;
  const backup = backups.length > 0 ? listOf(backups, false, null, isCurrent) : null;
  return listOf(primaries, primaries.length === 1 && !backup, backup, isCurrent);
}

function listOf(all: readonly Peer[], single: boolean, backup: PeerList | null, isCurrent: () => boolean): PeerList {
  const peers = [...all];
  const totalWeight = peers.reduce((sum, { weight }) => sum + weight, 0);
  return { peers, single, totalWeight, tries: peers.filter(({ down }) => !down).length, backup, isCurrent };
}

/** Smooth weighted round robin, nginx's default method. */
export function roundRobin(group: PeerGroup): Balancer {
  const lists = peerLists(group);
  return { method: 'round robin', select: () => new RoundRobinSelection(lists()) };
}

/** One request's way through peers by round robin; the other methods fall back to it (ngx_http_upstream_rr_peer_data_t). */
export class RoundRobinSelection implements Selection {
  tries: number;
  wanted: Wanted | null = null;
  protected list: PeerList;
  /** Peers of `list` this request has been given, by position; a second word only for long lists. */
  private triedBits = 0;
  private triedMore: Set<number> | null = null;

  constructor(list: PeerList) {
    this.list = list;
    this.tries = list.tries + (list.backup ? list.backup.tries : 0);
  }

  /** None when the peers are others than those it began with. */
  next(at: Balancing): Peer | null {
    return this.list.isCurrent() ? this.choose(at) : null;
  }

  /** What makes up a method. */
  protected choose(at: Balancing): Peer | null {
    return this.roundRobinPeer(at);
  }

  /** ngx_http_upstream_get_round_robin_peer */
  protected roundRobinPeer(at: Balancing): Peer | null {
    const peer = this.list.single ? this.onlyPeer(at) : this.roundRobinOrWanted(at);
    if (peer) {
      peer.conns++;
      return peer;
    }
    return this.toBackups() ? this.roundRobinPeer(at) : null;
  }

  /** ngx_http_upstream_free_round_robin_peer */
  free(peer: Peer, how: 'ok' | 'failed' | 'next', at: Balancing): void {
    peer.conns--;
    if (this.list.single) {
      peer.fails = 0;
      this.tries = 0;
      return;
    }
    if (how === 'failed') countFailure(peer, at);
    else if (peer.accessed < peer.checked) peer.fails = 0;
    if (this.tries > 0) this.tries--;
  }

  /** The peer that is asked for, when it may be used; the method is not asked. */
  protected takeWanted(at: Balancing): Peer | null {
    const index = this.wantedIndex(at);
    if (index < 0) return null;
    const peer = this.list.peers[index] as Peer;
    peer.conns++;
    return this.take(peer, index, at.seconds());
  }

  /** Where the peer is that is asked for; -1 when it is not there or may not be used (ngx_http_upstream_get_rr_peer_by_sid). */
  private wantedIndex(at: Balancing): number {
    if (!this.wanted) return -1;
    const index = this.list.peers.findIndex(this.wanted);
    if (index < 0 || this.wasTried(index)) return -1;
    const peer = this.list.peers[index] as Peer;
    const reason = unavailable(peer, at.seconds(), true);
    if (reason && at.skipped) at.skipped(peer, reason);
    return reason ? -1 : index;
  }

  /** From here on the request goes through the backups; false when there are none. */
  protected toBackups(): boolean {
    if (!this.list.backup) return false;
    this.list = this.list.backup;
    this.triedBits = 0;
    this.triedMore = null;
    return true;
  }

  protected wasTried(index: number): boolean {
    return index < 31 ? (this.triedBits & (1 << index)) !== 0 : this.triedMore?.has(index) === true;
  }

  protected markTried(index: number): void {
    if (index < 31) this.triedBits |= 1 << index;
    else (this.triedMore ??= new Set()).add(index);
  }

  /** True when the peer at `index` may be used; reports why not to whoever listens. */
  protected available(peer: Peer, index: number, at: Balancing, seconds: number): boolean {
    const reason: SkipReason | null = this.wasTried(index) ? 'tried' : unavailable(peer, seconds);
    if (reason && at.skipped) at.skipped(peer, reason);
    return reason === null;
  }

  /** What every method does with the peer it has found. */
  protected take(peer: Peer, index: number, seconds: number): Peer {
    this.markTried(index);
    if (seconds - peer.checked > peer.failTimeout) peer.checked = seconds;
    return peer;
  }

  /** A single peer is used whatever its failures. */
  private onlyPeer(at: Balancing): Peer | null {
    const peer = this.list.peers[0];
    if (!peer) return null;
    if (this.wantedIndex(at) >= 0) return peer;
    const reason = peer.down
      ? 'down'
      : peer.checkDown
        ? 'check-down'
        : peer.maxConns !== 0 && peer.conns >= peer.maxConns
          ? 'max_conns'
          : null;
    if (reason && at.skipped) at.skipped(peer, reason);
    return reason ? null : peer;
  }

  /** The next of all, or the one that is asked for: it is charged for its turn, once ahead of time (ngx_http_upstream_get_peer). */
  private roundRobinOrWanted(at: Balancing): Peer | null {
    const index = this.wantedIndex(at);
    if (index < 0) return this.smoothest(at);
    const peer = this.list.peers[index] as Peer;
    return peer.currentWeight <= peer.weight - this.list.totalWeight
      ? this.take(peer, index, at.seconds())
      : this.smoothest(at, null, index);
  }

  /** The next of all, or of those with this text in their `server` line; the one at `wanted` comes first, if there is one. */
  protected smoothest(at: Balancing, server: string | null = null, wanted = -1): Peer | null {
    const seconds = at.seconds();
    const { peers } = this.list;
    let best: Peer | null = null;
    let bestIndex = 0;
    let total = 0;
    for (let i = 0; i < peers.length; i++) {
      const peer = peers[i] as Peer;
      if ((server !== null && peer.server !== server) || !this.available(peer, i, at, seconds)) continue;
      total += gain(peer);
      if (best === null || peer.currentWeight > best.currentWeight) {
        best = peer;
        bestIndex = i;
      }
    }
    if (wanted >= 0) {
      best = peers[wanted] as Peer;
      bestIndex = wanted;
    }
    if (best === null) return null;
    best.currentWeight -= total;
    return this.take(best, bestIndex, seconds);
  }
}

/** One candidate's step of smooth weighted round robin; returns the weight it competed with. */
export function gain(peer: Peer): number {
  const weight = peer.effectiveWeight;
  peer.currentWeight += weight;
  if (weight < peer.weight) peer.effectiveWeight++;
  return weight;
}

function countFailure(peer: Peer, at: Balancing): void {
  const seconds = at.seconds();
  peer.fails++;
  peer.accessed = seconds;
  peer.checked = seconds;
  if (peer.maxFails !== 0) {
    peer.effectiveWeight -= Math.floor(peer.weight / peer.maxFails);
    if (peer.fails >= peer.maxFails) at.disabled?.(peer);
  }
  if (peer.effectiveWeight < 0) peer.effectiveWeight = 0;
}
