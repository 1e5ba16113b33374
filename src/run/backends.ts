import { isLiteral, isLoopback, readAddress } from '../host/addresses.ts';
import { type Address, failed, type Host, printAddress } from '../host/host.ts';
import { MemoryNetwork } from '../host/memory-network.ts';
import type { Protocol } from '../model/references.ts';
import type { BackendServer } from '../runtime/mock/backend-server.ts';
import { mockCgiBackend } from '../runtime/mock/cgi-messages.ts';
import { serveFastcgi } from '../runtime/mock/fastcgi-backend.ts';
import { mockHttpBackend } from '../runtime/mock/http-backend.ts';
import { type BackendHandler, type BackendRequest, serveHttp } from '../runtime/mock/http-server.ts';
import { mockMemcachedBackend, serveMemcached } from '../runtime/mock/memcached-backend.ts';
import { serveScgi, serveUwsgi } from '../runtime/mock/packet-backend.ts';
import { checkFault, type Fault, FaultPoint } from './faults.ts';
import { type Backend, isReachable } from './routes.ts';

/** How a backend of the configuration is present. */
export type Presence = 'self' | 'real' | 'mapped' | 'handler' | 'mock' | 'unreachable';

/** A backend, and where it is. */
export interface PlacedBackend {
  readonly backend: Backend;
  readonly presence: Presence;
  /** Where connections to it go. */
  readonly at: Address;
}

export interface PlacingOptions {
  readonly mock: 'unreachable' | 'all' | 'none';
  /** By address (`10.0.0.7:80`) or host (`10.0.0.7`, `web01`). */
  readonly map: ReadonlyMap<string, Address>;
  readonly handlers: ReadonlyMap<string, BackendHandler>;
  readonly allowNet: boolean;
  /** How many milliseconds a backend gets to accept a connection when its presence is tried out. */
  readonly patience: number;
}

/** A backend inside this process, to be looked at and broken. */
export interface BackendControl {
  /** What it was asked, oldest first; the last thousand. */
  readonly requests: readonly BackendRequest[];
  /** Stops listening and resets its connections, as a killed process does. */
  down(): void;
  /** Listens again. */
  up(): Promise<void>;
  /** Breaks it, until `clear` or another fault; requests that it has answered stay answered. */
  fault(fault: Fault): void;
  /** Mends it: takes the fault away, and listens again. */
  clear(): Promise<void>;
}

const mostRequestsKept = 1000;

interface Player {
  readonly serve: typeof serveHttp;
  /** Bytes that are no answer. */
  readonly garbage: string;
  /** What it answers when nobody says what it shall. */
  readonly mock: (peer: string) => BackendHandler;
}

const noFields = '\0\0garbage\r\n\r\n';
const http: Player = { serve: serveHttp, mock: mockHttpBackend, garbage: 'HTTP/1.1 200 OK\r\nno header field\r\n\r\n' };

/** What can be played, by protocol. */
const players: Partial<Record<Protocol, Player>> = {
  proxy: http,
  fastcgi: { serve: serveFastcgi, mock: (peer) => mockCgiBackend(peer, 'FastCGI'), garbage: noFields },
  uwsgi: { serve: serveUwsgi, mock: (peer) => mockCgiBackend(peer, 'uwsgi'), garbage: noFields },
  scgi: { serve: serveScgi, mock: (peer) => mockCgiBackend(peer, 'SCGI'), garbage: noFields },
  memcached: { serve: serveMemcached, mock: mockMemcachedBackend, garbage: noFields },
};

/** Stands in for backends: each once, however often the configuration is reloaded. */
export class StandIns {
  private readonly standIns = new Map<string, StandIn>();

  constructor(
    private readonly host: Host,
    private readonly options: PlacingOptions,
  ) {}

  /** Finds out where each backend is, and starts what stands in for those that are nowhere. */
  place(backends: readonly Backend[], isOwn: (address: Address) => boolean): Promise<PlacedBackend[]> {
    return Promise.all(backends.map((backend) => this.placeOne(backend, isOwn)));
  }

  /** The backend of that name or host, when it lives in this process. */
  control(name: string): BackendControl | undefined {
    return this.standIns.get(name) ?? [...this.standIns].find(([known]) => hostOf(known) === name)?.[1];
  }

  stop(): void {
    for (const standIn of this.standIns.values()) standIn.down();
  }

  private async placeOne(backend: Backend, isOwn: (address: Address) => boolean): Promise<PlacedBackend> {
    const handler = entryFor(this.options.handlers, backend);
    if (handler) return this.standInFor(backend, 'handler', handler);
    const mapped = entryFor(this.options.map, backend);
    if (mapped && (this.options.mock === 'none' || (await this.reaches(mapped))))
      return { backend, presence: 'mapped', at: mapped };
    if (!mapped) {
      const addresses = await this.addressesOf(backend.address);
      if (addresses.some(isOwn)) return { backend, presence: 'self', at: backend.address };
      for (const at of this.options.mock === 'all' ? [] : addresses)
        if (await this.reaches(at)) return { backend, presence: 'real', at };
    }
    if (this.options.mock !== 'none' && canStandIn(backend)) return this.standInFor(backend, 'mock');
    return { backend, presence: 'unreachable', at: mapped ?? backend.address };
  }

  /** What a backend's name resolves to here. */
  private async addressesOf(address: Address): Promise<readonly Address[]> {
    if (address.kind === 'unix' || isLiteral(address.host)) return [address];
    const hosts = await this.host.network.resolve(address.host);
    return hosts.map((host) => ({ ...address, host }));
  }

  private async reaches(address: Address): Promise<boolean> {
    return (this.options.allowNet || isLoopback(address)) && isReachable(this.host, address, this.options.patience);
  }

  private async standInFor(backend: Backend, presence: Presence, handler?: BackendHandler): Promise<PlacedBackend> {
    let standIn = this.standIns.get(backend.name);
    if (!standIn) {
      standIn = new StandIn(this.host, backend, handler);
      this.standIns.set(backend.name, standIn);
      await standIn.up();
    }
    return { backend, presence, at: standIn.address };
  }
}

class StandIn implements BackendControl {
  readonly requests: BackendRequest[] = [];
  address: Address = { kind: 'ip', host: '127.0.0.1', port: 0 };
  private server: BackendServer | null = null;
  private readonly faults: FaultPoint;

  constructor(
    private readonly host: Host,
    private readonly backend: Backend,
    private readonly handler: BackendHandler = playerOf(backend).mock(backend.name),
  ) {
    this.faults = new FaultPoint(host.clock, playerOf(backend).garbage);
  }

  down(): void {
    this.server?.kill();
    this.server = null;
  }

  async up(): Promise<void> {
    if (this.server) return;
    const answer = this.faults.answering(this.handler);
    const machine = { network: this.faults.around(this.host.network), clock: this.host.clock };
    const server = await playerOf(this.backend).serve(machine, this.address, (request) => {
      this.requests.push(request);
      if (this.requests.length > mostRequestsKept) this.requests.shift();
      return answer(request);
    });
    if (failed(server))
      throw new Error(`cannot stand in for ${this.backend.name} at ${printAddress(this.address)}: ${server.errno}`);
    this.server = server;
    this.address = server.address;
  }

  fault(fault: Fault): void {
    checkFault(fault);
    if (!this.server && fault !== 'refuse') throw new Error(`${this.backend.name} does not listen: clear() it first`);
    this.faults.fault = fault;
    this.vanish(fault === 'black-hole');
    if (fault === 'refuse') this.down();
  }

  async clear(): Promise<void> {
    this.faults.fault = null;
    this.vanish(false);
    await this.up();
  }

  /** Only a network in memory can lose what asks for a connection. */
  private vanish(lost: boolean): void {
    const { network } = this.host;
    if (network instanceof MemoryNetwork) network.fault(printAddress(this.address), lost ? 'black-hole' : null);
  }
}

function canStandIn({ protocol }: Backend): boolean {
  return players[protocol] !== undefined;
}

/** A handler that was given for a backend of another protocol speaks HTTP. */
function playerOf({ protocol }: Backend): Player {
  return players[protocol] ?? http;
}

function entryFor<T>(table: ReadonlyMap<string, T>, { name }: Backend): T | undefined {
  return table.get(name) ?? table.get(hostOf(name));
}

/** The host of a name with a port: `web01` of `web01:80`. */
export function hostOf(name: string): string {
  const address = readAddress(name);
  return address?.kind === 'ip' ? address.host : name;
}
