import type { Socket as NetSocket } from 'node:net';
import type { Address, Socket, SocketHandler, SystemError } from './host.ts';

const deaf: SocketHandler = { data() {}, end() {}, closed() {} };

/** How many bytes may wait inside Node before `write` asks for patience. */
const highWaterMark = 65_536;

/** A socket of Node behind the thin interface: one set of listeners, one write at a time, nothing in between. */
export class NodeSocket implements Socket {
  handler: SocketHandler = deaf;
  readonly #socket: NetSocket;
  #local: Address | null;
  #remote: Address | null;
  #error: SystemError | null = null;
  #choked = false;

  constructor(socket: NetSocket, local: Address | null, remote: Address | null) {
    this.#socket = socket;
    this.#local = local;
    this.#remote = remote;
    socket.on('data', (chunk: Buffer) => this.handler.data(chunk));
    socket.on('end', () => this.handler.end());
    socket.on('drain', () => this.#drained());
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.#error = systemError(error);
    });
    socket.on('close', () => this.handler.closed(this.#error));
  }

  get local(): Address {
    this.#local ??= { kind: 'ip', host: plainHost(this.#socket.localAddress), port: this.#socket.localPort ?? 0 };
    return this.#local;
  }

  get remote(): Address {
    this.#remote ??= { kind: 'ip', host: plainHost(this.#socket.remoteAddress), port: this.#socket.remotePort ?? 0 };
    return this.#remote;
  }

  get queued(): number {
    return this.#socket.writableLength;
  }

  write(bytes: Buffer | string): boolean {
    const socket = this.#socket;
    if (!socket.writable) return true;
    if (typeof bytes === 'string') socket.write(bytes, 'latin1');
    else socket.write(bytes);
    if (socket.writableLength > highWaterMark) this.#choked = true;
    return !this.#choked;
  }

  writeAll(pieces: readonly (Buffer | string)[]): boolean {
    this.#socket.cork();
    let fast = true;
    for (const piece of pieces) fast = this.write(piece);
    this.#socket.uncork();
    return fast;
  }

  end(): void {
    this.#socket.end();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  reset(): void {
    // Unix sockets know no RST.
    if (this.#socket.connecting || this.#socket.remotePort === undefined) this.#socket.destroy();
    else this.#socket.resetAndDestroy();
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  relocate(local: Address): void {
    this.#local = local;
  }

  #drained(): void {
    if (!this.#choked) return;
    this.#choked = false;
    this.handler.drained?.();
  }
}

/** A failure of Node by its name in errno.h. */
export function systemError(error: unknown): SystemError {
  const { code } = error as NodeJS.ErrnoException;
  return { errno: typeof code === 'string' ? code : 'EIO' };
}

/** Node shows IPv4 on dual sockets as `::ffff:127.0.0.1`, and nothing once the socket is gone. */
function plainHost(address: string | undefined): string {
  if (address === undefined) return '0.0.0.0';
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;
}
