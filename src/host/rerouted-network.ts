import { callable, isLiteral, isLoopbackHost } from './addresses.ts';
import {
  type Address,
  type Datagrams,
  failed,
  type Listener,
  type Network,
  printAddress,
  type Socket,
  type SystemError,
} from './host.ts';

/** Other places for addresses: where a configuration listens and connects, and where that really happens. */
export interface Routes {
  /** Where to listen instead, tried in order; the last failure is the answer. */
  listenAt(address: Address): Iterable<Address>;
  /** Where to connect instead. A name that stands for itself arrives here as the host of its address. */
  connectTo(address: Address): Address;
  /**
   * Whether a name shall stand for itself, as the address of its peer that is shown as it is written and that
   * `connectTo` replaces: always, when it resolves to nothing, or never.
   */
  standsForItself(name: string): 'always' | 'unresolved' | 'never';
  /** True when accepted sockets say that they are on the configured port, not on the one where it really is. */
  readonly keepsPort: boolean;
}

/** A network on which some addresses are elsewhere. */
export class ReroutedNetwork implements Network {
  /** Where listeners really are, by the address that was asked for. */
  readonly listening = new Map<string, { readonly asked: Address; readonly real: Address }>();

  /** Where connections to an address go, so that it is asked once for each peer. */
  private places = new WeakMap<Address, Address>();

  constructor(
    private readonly network: Network,
    private readonly routes: Routes,
  ) {}

  async listen(asked: Address, accept: (socket: Socket) => void): Promise<Listener | SystemError> {
    let result: Listener | SystemError = { errno: 'EADDRNOTAVAIL' };
    for (const place of this.routes.listenAt(asked)) {
      result = await this.network.listen(place, this.routes.keepsPort ? relocated(asked, accept) : accept);
      if (!failed(result)) return this.remember(asked, result);
    }
    return result;
  }

  connect(address: Address, options: Parameters<Network['connect']>[1]): Socket {
    let place = this.places.get(address);
    if (!place) this.places.set(address, (place = this.ownListener(address) ?? this.routes.connectTo(address)));
    return this.network.connect(place, options);
  }

  /** To be called when `routes` says something else from now on. */
  routesChanged(): void {
    this.places = new WeakMap();
  }

  datagrams(...args: Parameters<Network['datagrams']>): Datagrams {
    return this.network.datagrams(...args);
  }

  isPlaced(name: string): boolean {
    return this.routes.standsForItself(name) === 'always';
  }

  mayReach(address: Address): boolean {
    return this.network.mayReach?.(address) ?? true;
  }

  async resolve(name: string): Promise<readonly string[]> {
    if (isLiteral(name)) return [name];
    const standsForItself = this.routes.standsForItself(name);
    if (standsForItself === 'always') return [name];
    const found = await this.network.resolve(name);
    return found.length === 0 && standsForItself === 'unresolved' ? [name] : found;
  }

  /** Where something listens that was asked for at this address, be it moved or not. */
  private ownListener(address: Address): Address | undefined {
    const exact = this.listening.get(printAddress(address));
    if (exact || address.kind === 'unix' || !isLoopbackHost(address.host)) return exact && callable(exact.real);
    const wildcard = this.listening.get(`${address.host.includes(':') ? '[::]' : '0.0.0.0'}:${address.port}`);
    return wildcard && callable(wildcard.real);
  }

  private remember(asked: Address, { address: real, close }: Listener): Listener {
    const key = printAddress(asked);
    const entry = { asked, real };
    this.listening.set(key, entry);
    this.routesChanged();
    return {
      address: real,
      close: () => {
        if (this.listening.get(key) === entry) this.listening.delete(key);
        this.routesChanged();
        close();
      },
    };
  }
}

/** Sockets that say they were accepted at the port that was asked for. */
function relocated(asked: Address, accept: (socket: Socket) => void): (socket: Socket) => void {
  if (asked.kind === 'unix' || asked.port === 0) return accept;
  return (socket) => {
    const { local } = socket;
    if (local.kind === 'ip' && local.port !== asked.port) socket.relocate?.({ ...local, port: asked.port });
    accept(socket);
  };
}
