import { isLoopback, readAddress } from '../host/addresses.ts';
import { type Address, type Host, printAddress } from '../host/host.ts';
import type { Routes } from '../host/rerouted-network.ts';
import type { Model } from '../model/build.ts';
import { type Pass, type Protocol, referencesOf } from '../model/references.ts';
import { scopesWithin, type Use, usesIn } from '../model/scope.ts';
import { server } from '../schema/contexts.ts';

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
  const add = (
    written: { host: string; port: string; scheme?: string },
    protocol: Protocol,
    upstream: string | null,
    use: Use,
  ) => {
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

function addressOfBackend(
  { host, port, scheme }: { host: string; port: string; scheme?: string },
  protocol: Protocol,
): Address | null {
  if (/^unix:/i.test(host)) return { kind: 'unix', path: host.slice(5) };
  const number = port === '' ? (scheme === 'https' ? 443 : (defaultPorts[protocol] ?? 80)) : Number(port);
  return host === '' || !Number.isInteger(number) ? null : { kind: 'ip', host, port: number };
}

/** Whether a configuration listens at an address itself. */
export function listensAt(model: Model): (address: Address) => boolean {
  const uses = [...scopesWithin(model.root)]
    .filter(({ context }) => context === server)
    .flatMap((scope) => usesIn(scope, 'listen'));
  // What must be spoken TLS to, or told the client's address first, is not listened at.
  const spoken = uses.filter(({ directive: { args } }) => !args.some((word) => /^(?:ssl|quic|spdy|proxy_protocol)$/.test(word)));
  const own = new Set(spoken.flatMap(({ directive }) => listenKey(directive.args[0] ?? '') ?? []));
  return (address) => {
    if (own.has(printAddress(address))) return true;
    return (
      address.kind === 'ip' &&
      isLoopback(address) &&
      own.has(`${address.host.includes(':') ? '[::]' : '0.0.0.0'}:${address.port}`)
    );
  };
}

/** `80`, `*:80`, `10.0.0.1`, `[::]:80`, `unix:/path` as an address in print. */
function listenKey(text: string): string | undefined {
  const address = readAddress(
    /^\d+$/.test(text) ? `0.0.0.0:${text}` : text.replace(/^\*/, '0.0.0.0').replace(/^localhost/i, '127.0.0.1'),
    80,
  );
  return address ? printAddress(address) : undefined;
}

/** How a configuration's addresses become addresses of this machine. */
export interface RouteOptions {
  readonly allowNet: boolean;
  /** Other addresses, or other ports, for listeners, by port (`80`) or address (`127.0.0.1:80`). */
  readonly listen: ReadonlyMap<string, Address | number>;
  /** `own`: at the configured ports, or near them; `free`: at whatever port is free; `exact`: where it says, or not at all. */
  readonly ports: 'own' | 'free' | 'exact';
  /** True when names that do not resolve get a stand-in. */
  readonly standIns: boolean;
  readonly keepsPort: boolean;
}

/** Where things are instead of where they were configured. */
export class RouteTable implements Routes {
  readonly keepsPort: boolean;
  /** Where backends really are, by their address. */
  private backends: ReadonlyMap<string, Address> = new Map();
  private names: ReadonlySet<string> = new Set();

  constructor(private readonly options: RouteOptions) {
    this.keepsPort = options.keepsPort;
  }

  /** Replaces all places of backends. */
  place(backends: readonly { readonly address: Address; readonly at: Address }[]): void {
    this.backends = new Map(backends.map(({ address, at }) => [printAddress(address), at]));
    this.names = new Set(backends.flatMap(({ address }) => (address.kind === 'ip' ? [address.host] : [])));
  }

  *listenAt(address: Address): Iterable<Address> {
    const { listen, ports } = this.options;
    const chosen = listen.get(printAddress(address)) ?? (address.kind === 'ip' ? listen.get(String(address.port)) : undefined);
    const here = this.atHome(typeof chosen === 'object' ? chosen : address);
    if (typeof chosen === 'number' && here.kind === 'ip') yield { ...here, port: chosen };
    else if (here.kind === 'unix' || ports === 'exact' || chosen) yield here;
    else if (ports === 'free') yield { ...here, port: 0 };
    else for (const port of portsNear(here.port)) yield { ...here, port };
  }

  connectTo(address: Address): Address {
    return this.backends.get(printAddress(address)) ?? address;
  }

  standsForItself(name: string): 'always' | 'unresolved' | 'never' {
    if (this.names.has(name.toLowerCase())) return 'always';
    return this.options.standIns ? 'unresolved' : 'never';
  }

  /** The loopback interface instead of every other one, unless the network is allowed. */
  private atHome(address: Address): Address {
    if (this.options.allowNet || this.options.ports === 'exact' || isLoopback(address) || address.kind === 'unix') return address;
    return { ...address, host: address.host.includes(':') ? '::1' : '127.0.0.1' };
  }
}

/** The port itself, for those that only root may use the one 8000 above it, then its neighbours, then any. */
function* portsNear(port: number): Generator<number> {
  yield port;
  const start = port < 1024 ? port + 8000 : port + 1;
  for (let near = start; near < start + 10 && near < 65_536; near++) yield near;
  yield 0;
}

/** True when something accepts a connection there within so many milliseconds. */
export function isReachable({ clock, network }: Host, address: Address, patience: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = network.connect(address, {});
    const done = (reached: boolean) => {
      timer.cancel();
      socket.destroy();
      resolve(reached);
    };
    const timer = clock.after(patience, () => done(false));
    socket.handler = { connected: () => done(true), data() {}, end() {}, closed: () => done(false) };
  });
}
