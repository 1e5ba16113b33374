import { isLiteral, isLoopback, isWildcard, printAddress, readAddress } from './host/addresses.ts';
import { failed, type Address, type Host, type Network } from './host/host.ts';
import type { Routes } from './host/rerouted-network.ts';
import type { Model } from './model/build.ts';
import { type Pass, type Protocol, referencesOf } from './model/references.ts';
import type { Use } from './model/scope.ts';

/** A backend that a configuration names. */
export interface Backend {
  /** Its address as nginx would show it: `10.0.0.7:80`, `web01:80`, `unix:/run/php.sock`. */
  readonly name: string;
  readonly address: Address;
  readonly protocol: Protocol;
  /** The upstream block it stands in, or null for a backend named by a `proxy_pass` itself. */
  readonly upstream: string | null;
  /** The line that names it. */
  readonly use: Use;
}

const defaultPorts: Partial<Record<Protocol, number>> = { proxy: 80, grpc: 80, memcached: 11_211 };

/** The backends of a configuration, in order; those whose address is known only with a request are not among them. */
export function backendsOf(model: Model): Backend[] {
  const { upstreams, passes } = referencesOf(model);
  const backends = new Map<string, Backend>();
  const add = (written: { host: string; port: string; scheme?: string }, protocol: Protocol, upstream: string | null, use: Use) => {
    const address = addressOfBackend(written, protocol);
    if (!address) return;
    const name = printAddress(address);
    if (!backends.has(name)) backends.set(name, { name, address, protocol, upstream, use });
  };
  for (const upstream of upstreams.filter(({ inStream }) => !inStream)) {
    for (const server of upstream.servers) add(server.address, protocolOf(upstream.passes), upstream.name, server.use);
  }
  for (const pass of passes) {
    if (pass.inStream || pass.upstreams.length > 0) continue;
    for (const target of pass.targets ?? []) add(target, pass.protocol, null, pass.use);
  }
  return [...backends.values()];
}

function protocolOf(passes: readonly Pass[]): Protocol {
  return passes[0]?.protocol ?? 'proxy';
}

function addressOfBackend({ host, port, scheme }: { host: string; port: string; scheme?: string }, protocol: Protocol): Address | null {
  if (/^unix:/i.test(host)) return { kind: 'unix', path: host.slice(5) };
  const number = port === '' ? (scheme === 'https' ? 443 : (defaultPorts[protocol] ?? 80)) : Number(port);
  return host === '' || !Number.isInteger(number) ? null : { kind: 'ip', host, port: number };
}

/** Addresses as they were configured, and where they are instead. */
export class RouteTable implements Routes {
  /** Where backends really are, by their address. */
  readonly #backends = new Map<string, Address>();
  /** Where listeners really are, by their address. */
  readonly #listeners = new Map<string, Address>();

  constructor(
    /** True when names that do not resolve get a stand-in. */
    private readonly standIns: boolean,
    private readonly chooseListener: (address: Address) => Address,
  ) {}

  put(address: Address, instead: Address): void {
    this.#backends.set(printAddress(address), instead);
  }

  listenAt(address: Address): Address {
    return this.#listeners.get(printAddress(address)) ?? this.chooseListener(address);
  }

  connectTo(address: Address): Address {
    return this.#backends.get(printAddress(address)) ?? address;
  }

  standsForItself(name: string): boolean {
    return this.standIns || [...this.#backends.keys()].some((key) => readAddress(key)?.kind === 'ip' && key.startsWith(`${name}:`));
  }
}

/** Longest time that a backend gets to accept a connection when its presence is tried out, in milliseconds. */
const patience = 300;

/** True when something accepts connections there. */
export function isReachable(host: Pick<Host, 'clock'> & { readonly network: Network }, address: Address): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = host.network.connect(address, {});
    const timer = host.clock.after(patience, () => done(false));
    const done = (reached: boolean) => {
      timer.cancel();
      socket.destroy();
      resolve(reached);
    };
    socket.handler = { connected: () => done(true), data() {}, end() {}, closed: () => done(false) };
  });
}

void failed;
void isLiteral;
void isLoopback;
void isWildcard;
