import { lookup } from 'node:dns/promises';
import { linkSync, readFileSync, renameSync, rmSync, unlinkSync } from 'node:fs';
import { createServer, type Socket as NetSocket, connect as netConnect, type Server } from 'node:net';
import { isLiteral, isLoopback, isLoopbackHost } from './addresses.ts';
import { type Address, type ConnectOptions, failed, type Listener, type Network, type Socket, type SystemError } from './host.ts';
import { hasParent, takeInherited } from './inherited-listeners.ts';
import type { Bindings, ServerHandle } from './node-bindings.ts';
import { forbiddenDatagrams, openDatagrams } from './node-datagrams.ts';
import { HandleSocket } from './node-handle-socket.ts';
import { NodeSocket, systemError } from './node-socket.ts';

/**
 * The machine's own network. Without `allowNet` it ends at the loopback interface: listening or connecting elsewhere
 * fails with EPERM, and no name is asked of a DNS server. With `bindings` TCP does without the streams of node:net.
 */
export function createNodeNetwork(allowNet: boolean, bindings: Bindings | null): Network {
  return {
    listen: (address, accept) =>
      allowNet || isLoopback(address) ? listen(address, accept, bindings) : Promise.resolve({ errno: 'EPERM' }),
    connect: (address, options) =>
      allowNet || isLoopback(address) ? connect(address, options, bindings) : new ForbiddenSocket(address),
    datagrams: (address, handler) =>
      allowNet || isLoopback(address) ? openDatagrams(address, handler) : forbiddenDatagrams(handler),
    resolve: (name) => resolve(name, allowNet),
    mayReach: (address) => allowNet || isLoopback(address),
  };
}

type Accept = (socket: Socket) => void;

async function listen(address: Address, accept: Accept, bindings: Bindings | null): Promise<Listener | SystemError> {
  const result = await listenOnce(address, accept, bindings);
  if (address.kind === 'ip' || !failed(result) || result.errno !== 'EADDRINUSE' || !(await isStale(address.path))) return result;
  unlinkSync(address.path);
  return listenOnce(address, accept, bindings);
}

function listenOnce(address: Address, accept: Accept, bindings: Bindings | null): Promise<Listener | SystemError> {
  const server = createServer({ allowHalfOpen: true, noDelay: true });
  const unix = address.kind === 'unix' ? address : null;
  server.on('connection', (socket) => accept(new NodeSocket(socket, unix, unix && { kind: 'unix', path: '' })));
  const inherited = takeInherited(address);
  const place =
    inherited !== undefined
      ? { fd: inherited, backlog: 511 }
      : address.kind === 'unix'
        ? { path: address.path }
        : { host: address.host, port: address.port, ipv6Only: true, backlog: 511 };
  return new Promise((resolve) => {
    server.once('error', (error) => resolve(systemError(error)));
    server.listen(place, () => {
      // From here on an error is one of accept (EMFILE): the connection is lost, the listener goes on.
      server.on('error', () => {});
      if (bindings && !unix) acceptHandles(server, accept, bindings);
      const { fd } = (server as unknown as { _handle: { fd?: number } })._handle;
      const leave = () => (unix && inherited === undefined ? closeAround(server, unix.path) : void server.close());
      const close = () => {
        server.close();
        // libuv removes the files of sockets that it has bound itself.
        if (unix && inherited !== undefined && !hasParent()) rmSync(unix.path, { force: true });
      };
      resolve({ address: boundTo(server, address), close, leave, ...(fd === undefined ? {} : { fd }) });
    });
  });
}

/** Closes a unix socket and leaves its file, which libuv would remove, to those who have the socket, too. */
function closeAround(server: Server, path: string): void {
  const spare = `${path}.${process.pid}`;
  try {
    linkSync(path, spare);
    server.close();
    renameSync(spare, path);
  } catch {
    server.close();
  }
}

/** Takes connections before a server makes streams of them. */
function acceptHandles(server: Server, accept: Accept, bindings: Bindings): void {
  const { _handle: handle } = server as unknown as { _handle?: ServerHandle | null };
  if (typeof handle?.onconnection !== 'function') return;
  handle.onconnection = (_error, client) => {
    if (!client) return;
    const socket = new HandleSocket(bindings, client, null);
    accept(socket);
    socket.start();
  };
}

function boundTo(server: Server, address: Address): Address {
  const bound = server.address();
  return address.kind === 'ip' && bound && typeof bound === 'object' ? { ...address, port: bound.port } : address;
}

/** True for a socket file that nobody listens at any more: it is only in the way. */
function isStale(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = netConnect({ path });
    socket.on('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.on('error', (error) => resolve(systemError(error).errno === 'ECONNREFUSED'));
  });
}

function connect(address: Address, { from, fromPort = 0 }: ConnectOptions, bindings: Bindings | null): Socket {
  if (bindings && address.kind === 'ip') {
    const socket = new HandleSocket(bindings, new bindings.TCP(bindings.connection), address);
    socket.connect(address.host, address.port, from, fromPort);
    return socket;
  }
  const socket: NetSocket =
    address.kind === 'unix'
      ? netConnect({ path: address.path, allowHalfOpen: true })
      : netConnect({
          host: address.host,
          port: address.port,
          allowHalfOpen: true,
          noDelay: true,
          ...(from ? { localAddress: from, localPort: fromPort } : {}),
        });
  const thin = new NodeSocket(socket, address.kind === 'unix' ? { kind: 'unix', path: '' } : null, address);
  socket.once('connect', () => thin.handler.connected?.());
  return thin;
}

async function resolve(name: string, allowNet: boolean): Promise<readonly string[]> {
  if (isLiteral(name)) return [name];
  if (!allowNet) return loopbackNames().get(name.toLowerCase()) ?? [];
  try {
    return (await lookup(name, { all: true, verbatim: true })).map(({ address }) => address);
  } catch {
    return [];
  }
}

/** `localhost`, and what /etc/hosts has on the loopback interface. */
function loopbackNames(): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const line of hostsFile().split('\n')) {
    const [address = '', ...aliases] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (!isLoopbackHost(address)) continue;
    for (const alias of aliases) {
      const known = names.get(alias.toLowerCase());
      if (known) known.push(address);
      else names.set(alias.toLowerCase(), [address]);
    }
  }
  if (!names.has('localhost')) names.set('localhost', ['127.0.0.1']);
  return names;
}

function hostsFile(): string {
  try {
    return readFileSync('/etc/hosts', 'latin1');
  } catch {
    return '';
  }
}

/** What `connect` returns for an address that may not be reached: it fails as if the kernel had refused. */
class ForbiddenSocket implements Socket {
  handler: Socket['handler'] = { data() {}, end() {}, closed() {} };
  readonly local: Address = { kind: 'ip', host: '0.0.0.0', port: 0 };
  readonly queued = 0;
  #over = false;

  constructor(readonly remote: Address) {
    setImmediate(() => this.#close({ errno: 'EPERM' }));
  }

  write(): boolean {
    return true;
  }
  writeAll(): boolean {
    return true;
  }
  end(): void {}
  pause(): void {}
  resume(): void {}

  destroy(): void {
    setImmediate(() => this.#close(null));
  }

  reset(): void {
    this.destroy();
  }

  #close(error: SystemError | null): void {
    if (this.#over) return;
    this.#over = true;
    this.handler.closed(error);
  }
}
