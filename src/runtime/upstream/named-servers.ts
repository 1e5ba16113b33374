import type { Clock, Timer } from '../../host/host.ts';
import type { Lookup } from '../resolver/question.ts';
import { notFound, type Resolution, type ResolvedAddress, stateText } from '../resolver/resolution.ts';
import type { Resolver } from '../resolver/resolver.ts';
import { makePeer, type Peer, type PeerGroup, type PeerOptions } from './peer.ts';
import { printPeer } from './url.ts';

/** A `server … resolve` (nginx: a peer of peers->resolve, with its host). */
export interface NamedServer {
  readonly host: string;
  /** `http`, `_http._tcp`; '' for none. */
  readonly service: string;
  readonly port: number;
  /** What its peers get; `server` is the line's first argument. */
  readonly options: Omit<PeerOptions, 'name' | 'address'> & { readonly server: string };
  readonly backup: boolean;
  /** Seconds of wall time up to which the last answer counts. */
  valid: number;
}

/** Peers that come and go with the answers of name servers. */
export class ChangingGroup implements PeerGroup {
  version = 0;
  primaries: readonly Peer[];
  backups: readonly Peer[];
  private readonly listeners: (() => void)[] = [];

  constructor(
    readonly upstream: string,
    readonly named: readonly NamedServer[],
    fixed: Pick<PeerGroup, 'primaries' | 'backups'>,
  ) {
    this.primaries = fixed.primaries;
    this.backups = fixed.backups;
  }

  /** Begins with what another group has found for the same names (ngx_http_upstream_zone_preresolve). */
  inherit(old: ChangingGroup): void {
    for (const server of this.named) {
      const { host, service, backup } = server;
      const before = old.named.find((one) => one.host === host && one.service === service && one.backup === backup);
      if (!before) continue;
      server.valid = before.valid;
      const copies = (peers: readonly Peer[]) => peers.filter(({ from }) => from === before).map((peer) => copy(server, peer));
      if (!backup) this.primaries = [...this.primaries, ...copies(old.primaries)];
      this.backups = [...this.backups, ...copies(old.backups)];
    }
  }

  /** Takes out what is no address of the server any more, and adds what is new (ngx_http_upstream_zone_resolve_handler). */
  update(server: NamedServer, addresses: readonly ResolvedAddress[]): void {
    const best = Math.min(...addresses.map(({ priority }) => priority));
    const first = addresses.filter(({ priority }) => priority === best);
    const others = server.service === '' ? [] : addresses.filter(({ priority }) => priority !== best);
    const { primaries, backups } = this;
    if (server.backup) this.backups = updated(backups, server, first);
    else {
      this.primaries = updated(primaries, server, first);
      if (server.service !== '') this.backups = updated(backups, server, others);
    }
    if (primaries === this.primaries && backups === this.backups) return;
    this.version++;
    for (const run of this.listeners) run();
  }

  onChange(run: () => void): void {
    this.listeners.push(run);
  }
}

function copy(server: NamedServer, { address, server: target, weight }: Peer): Peer {
  const { host = '', port = 0 } = address.kind === 'ip' ? address : {};
  return peerOf(server, { host, port, target, priority: 0, weight });
}

/** The same list when nothing has changed. */
function updated(peers: readonly Peer[], server: NamedServer, addresses: readonly ResolvedAddress[]): readonly Peer[] {
  const fresh = [...addresses];
  const kept = peers.filter((peer) => {
    if (peer.from !== server) return true;
    const at = fresh.findIndex((address) => isSame(peer, server, address));
    if (at >= 0) fresh.splice(at, 1);
    return at >= 0;
  });
  if (kept.length === peers.length && fresh.length === 0) return peers;
  return [...kept, ...fresh.map((address) => peerOf(server, address))];
}

function isSame(peer: Peer, { service, options }: NamedServer, { host, port, target, weight }: ResolvedAddress): boolean {
  if (peer.address.kind !== 'ip' || peer.address.host !== host) return false;
  if (service === '') return true;
  return peer.address.port === port && peer.server === target && ((options.weight ?? 1) !== 1 || peer.weight === weight);
}

function peerOf(server: NamedServer, { host, port: given, target, weight }: ResolvedAddress): Peer {
  const { service, options } = server;
  const port = service === '' ? server.port : given;
  const ownWeight = options.weight ?? 1;
  return makePeer({
    ...options,
    name: printPeer(host, port),
    address: { kind: 'ip', host, port },
    server: service === '' ? options.server : target,
    weight: service === '' || ownWeight !== 1 ? ownWeight : weight,
    from: server,
  });
}

/** What looking up a group's names takes. */
export interface Following {
  readonly clock: Clock;
  readonly resolver: Resolver;
  /** Milliseconds. */
  readonly timeout: number;
  log(message: string): void;
}

/** Looks the names of a group up whenever their last answers have run out (ngx_http_upstream_zone_resolve_timer). */
export class NameFollower {
  private readonly timers = new Map<NamedServer, Timer>();
  private readonly lookups = new Map<NamedServer, Lookup>();

  constructor(
    private readonly group: ChangingGroup,
    private readonly following: Following,
  ) {}

  start(): void {
    for (const server of this.group.named) this.wait(server, Math.max(1, 1000 * (server.valid - this.seconds)));
  }

  stop(): void {
    for (const timer of this.timers.values()) timer.cancel();
    for (const lookup of this.lookups.values()) lookup.cancel();
    this.timers.clear();
  }

  private get seconds(): number {
    return Math.floor(this.following.clock.now() / 1000);
  }

  private wait(server: NamedServer, milliseconds: number): void {
    const { clock, resolver, timeout } = this.following;
    const ask = () => {
      const { host: name, service } = server;
      const lookup = resolver.resolve({ name, service, timeout }, (resolution) => this.take(server, resolution));
      this.lookups.set(server, lookup);
    };
    this.timers.set(server, clock.after(milliseconds, ask));
  }

  private take(server: NamedServer, { state, addresses, valid, lost }: Resolution): void {
    const { log, timeout } = this.following;
    const { host, service } = server;
    for (const { target, state: why } of lost)
      log(`${target} could not be resolved (${stateText(why)}) while resolving service ${service} of ${host}`);
    if (state !== 0) log(`${service === '' ? '' : `service ${service} of `}${host} could not be resolved (${stateText(state)})`);
    if (state !== 0 && state !== notFound) {
      this.wait(server, Math.max(timeout, 1000));
      return;
    }
    this.group.update(server, addresses);
    server.valid = valid;
    this.wait(server, 1000 * (valid > this.seconds ? valid - this.seconds + 1 : 1));
  }
}
