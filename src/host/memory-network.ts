import { isLiteral, isLoopbackHost, isWildcard } from './addresses.ts';
import {
  type Address,
  type Clock,
  type ConnectOptions,
  type DatagramHandler,
  type Datagrams,
  type Listener,
  type Network,
  printAddress,
  type Socket,
  type SystemError,
} from './host.ts';
import { MemorySocket } from './memory-socket.ts';

/**
 * What can be wrong with an address: connections are refused, answered by ICMP, or vanish (`black-hole`). To break open
 * connections, destroy or reset them at the backend.
 */
export type Fault = 'refused' | 'unreachable' | 'black-hole';

type Accept = (socket: Socket) => void;
/** What a UDP server in memory does with a message. */
type Answer = (message: Buffer, reply: (message: Buffer) => void) => void;

const faultErrno = { refused: 'ECONNREFUSED', unreachable: 'EHOSTUNREACH' } as const;

/**
 * A network in memory on which every address can be listened at. `0.0.0.0` and `::` stand for the loopback addresses
 * and for `localAddresses`: other addresses are other machines, there when something listens at exactly them.
 */
export class MemoryNetwork implements Network {
  /** What names resolve to. */
  readonly names = new Map<string, readonly string[]>([['localhost', ['127.0.0.1']]]);
  /** Further addresses of the machine itself. */
  readonly localAddresses = new Set<string>();
  readonly #listeners = new Map<string, Accept>();
  readonly #answers = new Map<string, Answer>();
  readonly #faults = new Map<string, Fault>();
  #nextPort = 32_768;
  #open = 0;

  constructor(readonly clock: Clock) {}

  /** How many sockets are open. */
  get openSockets(): number {
    return this.#open;
  }

  /** Puts a fault on an address (`10.0.0.7:80`), or takes it away. */
  fault(address: string, fault: Fault | null): void {
    if (fault) this.#faults.set(address, fault);
    else this.#faults.delete(address);
  }

  async listen(address: Address, accept: Accept): Promise<Listener | SystemError> {
    const at: Address =
      address.kind === 'ip' && address.port === 0 ? { ...address, port: this.#freePort(address.host) } : address;
    if (this.#isTaken(at)) return { errno: 'EADDRINUSE' };
    const key = printAddress(at);
    this.#listeners.set(key, accept);
    return {
      address: at,
      close: () => {
        if (this.#listeners.get(key) === accept) this.#listeners.delete(key);
      },
    };
  }

  connect(address: Address, { from, fromPort }: ConnectOptions = {}): Socket {
    const local: Address =
      address.kind === 'unix'
        ? { kind: 'unix', path: '' }
        : { kind: 'ip', host: from ?? this.#sourceFor(address.host), port: fromPort || this.#ephemeral() };
    const socket = this.#socket(local, address);
    this.clock.soon(() => this.#arrive(socket, address));
    return socket;
  }

  /** Puts a UDP server at an address (`127.0.0.1:53`), or takes it away. */
  answerDatagrams(address: string, answer: Answer | null): void {
    if (answer) this.#answers.set(address, answer);
    else this.#answers.delete(address);
  }

  datagrams(address: Address, handler: DatagramHandler): Datagrams {
    const key = printAddress(address);
    let open = true;
    const deliver = (message: Buffer) => {
      const answer = this.#answers.get(key);
      const fault = this.#faults.get(key) ?? (answer ? undefined : 'refused');
      if (!open || fault === 'black-hole') return;
      if (!fault) answer?.(message, (reply) => this.clock.soon(() => open && handler.received(reply)));
      else {
        open = false;
        handler.failed({ errno: faultErrno[fault] });
      }
    };
    return {
      send: (message) => this.clock.soon(() => deliver(message)),
      close() {
        open = false;
      },
    };
  }

  async resolve(name: string): Promise<readonly string[]> {
    return isLiteral(name) ? [name] : (this.names.get(name.toLowerCase()) ?? []);
  }

  #arrive(client: MemorySocket, address: Address): void {
    if (client.closed) return;
    const fault = this.#faults.get(printAddress(address));
    if (fault === 'black-hole') return;
    const accept = this.#listenerAt(address);
    if (fault || !accept) {
      client.fail(faultErrno[fault ?? 'refused']);
      return;
    }
    const server = this.#socket(address, client.local);
    this.clock.soon(() => {
      if (!client.closed) client.handler.connected?.();
    });
    client.join(server);
    accept(server);
  }

  #socket(local: Address, remote: Address): MemorySocket {
    this.#open++;
    return new MemorySocket(this.clock, local, remote, () => {
      this.#open--;
    });
  }

  #listenerAt(address: Address): Accept | undefined {
    const exact = this.#listeners.get(printAddress(address));
    if (exact || address.kind === 'unix' || !this.#isLocal(address.host)) return exact;
    const wildcard = address.host.includes(':') ? '::' : '0.0.0.0';
    return this.#listeners.get(printAddress({ ...address, host: wildcard }));
  }

  #isLocal(host: string): boolean {
    return isLoopbackHost(host) || this.localAddresses.has(host);
  }

  /** A wildcard and the machine's own addresses exclude each other on one port, as on Linux. */
  #isTaken(address: Address): boolean {
    if (this.#listeners.has(printAddress(address))) return true;
    if (address.kind === 'unix') return false;
    if (!isWildcard(address.host)) return this.#isLocal(address.host) && this.#listenerAt(address) !== undefined;
    const family = address.host.includes(':') ? ['::1'] : ['127.0.0.1'];
    return [...family, ...this.localAddresses].some((host) => this.#listeners.has(printAddress({ ...address, host })));
  }

  #freePort(host: string): number {
    let port = this.#ephemeral();
    while (this.#isTaken({ kind: 'ip', host, port })) port = this.#ephemeral();
    return port;
  }

  #sourceFor(host: string): string {
    if (host.includes(':')) return '::1';
    return '127.0.0.1';
  }

  #ephemeral(): number {
    const port = this.#nextPort;
    this.#nextPort = port === 60_999 ? 32_768 : port + 1;
    return port;
  }
}
