import type { Address, Clock, Listener, Network, Socket, SocketHandler, SystemError } from '../host/host.ts';
import type { BackendHandler } from '../runtime/mock/http-server.ts';
import { milliseconds } from './duration.ts';

/**
 * What is wrong with a back end:
 *
 * - `refuse`: connections are refused, and those that are open are reset, as by a process that is killed;
 * - `black-hole`: connections vanish, in memory; on real sockets, where the system accepts them, they are never answered;
 * - `reset-headers`, `reset-body`: the connection is reset in the place of the answer's head, or in the middle of its body;
 * - `garbage`: what comes is no answer;
 * - `delay`: the answer comes so much later, in milliseconds or as `500ms`, `2s`;
 * - `truncate`: the connection ends after so many bytes of body, or a part of it: `50%`;
 * - `status`: the answer is that status, with nothing in it.
 */
export type Fault =
  | 'refuse'
  | 'black-hole'
  | 'reset-headers'
  | 'reset-body'
  | 'garbage'
  | { readonly delay: number | string }
  | { readonly truncate: number | string }
  | { readonly status: number };

/** Throws when a fault is not one: before a request meets it. */
export function checkFault(fault: Fault): void {
  if (typeof fault === 'string') return;
  if ('delay' in fault) milliseconds(fault.delay);
  else if ('truncate' in fault) cutAt(Buffer.alloc(0), fault.truncate);
}

/** Where faults are put: between a network and the back end that listens on it. */
export class FaultPoint {
  fault: Fault | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly garbage: string,
  ) {}

  /** The network as the back end sees it: what it writes may go wrong. */
  around(network: Network): Network {
    return {
      listen: (address: Address, accept: (socket: Socket) => void): Promise<Listener | SystemError> =>
        network.listen(address, (socket) => accept(new FaultySocket(socket, (bytes) => this.changed(bytes), this.clock))),
      connect: (address, options) => network.connect(address, options),
      datagrams: (address, handler) => network.datagrams(address, handler),
      resolve: (name) => network.resolve(name),
    };
  }

  /** The handler, or what is in its place. */
  answering(handler: BackendHandler): BackendHandler {
    return async (request) => {
      const { fault } = this;
      if (fault === 'black-hole') return new Promise(() => undefined);
      if (typeof fault !== 'object' || fault === null) return handler(request);
      if ('status' in fault) return { status: fault.status };
      if ('delay' in fault) await new Promise<void>((resolve) => void this.clock.after(milliseconds(fault.delay), resolve));
      return handler(request);
    };
  }

  /** What becomes of the bytes of an answer; null when they are sent as they are. */
  private changed(bytes: Buffer): Ending | null {
    const { fault } = this;
    if (fault === 'reset-headers') return { bytes: Buffer.alloc(0), resets: true };
    if (fault === 'garbage') return { bytes: Buffer.from(this.garbage, 'latin1'), resets: false };
    if (fault === 'reset-body') return { bytes: bytes.subarray(0, cutAt(bytes, '50%')), resets: true };
    if (typeof fault !== 'object' || fault === null || !('truncate' in fault)) return null;
    return { bytes: bytes.subarray(0, cutAt(bytes, fault.truncate)), resets: false };
  }
}

/** The last bytes of a connection, and how it ends. */
interface Ending {
  readonly bytes: Buffer;
  readonly resets: boolean;
}

/** The offset behind so much of the body that begins in these bytes. */
function cutAt(bytes: Buffer, much: number | string): number {
  const head = bytes.indexOf('\r\n\r\n') + 4;
  const start = head < 4 ? 0 : head;
  if (typeof much === 'number') return start + much;
  const [, percent] = /^(\d+(?:\.\d+)?)%$/.exec(much) ?? [];
  if (percent === undefined) throw new Error(`"${much}" is no part of a body: it looks like 50%`);
  return start + Math.floor(((bytes.length - start) * Number(percent)) / 100);
}

/** A back end's end of a connection, whose output may go wrong; nothing more is written then. */
class FaultySocket implements Socket {
  private over = false;

  constructor(
    private readonly inner: Socket,
    private readonly changed: (bytes: Buffer) => Ending | null,
    private readonly clock: Clock,
  ) {}

  get local(): Address {
    return this.inner.local;
  }

  get remote(): Address {
    return this.inner.remote;
  }

  get queued(): number {
    return this.inner.queued;
  }

  get handler(): SocketHandler {
    return this.inner.handler;
  }

  set handler(handler: SocketHandler) {
    this.inner.handler = handler;
  }

  write(bytes: Buffer | string): boolean {
    if (this.over) return true;
    const ending = this.changed(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
    if (!ending) return this.inner.write(bytes);
    this.over = true;
    if (ending.bytes.length > 0) this.inner.write(ending.bytes);
    if (!ending.resets) this.inner.end();
    // What was written arrives first.
    else this.clock.soon(() => this.clock.soon(() => this.inner.reset()));
    return true;
  }

  writeAll(pieces: readonly (Buffer | string)[]): boolean {
    return this.write(Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece))));
  }

  end(): void {
    if (!this.over) this.inner.end();
  }

  destroy(): void {
    this.inner.destroy();
  }

  reset(): void {
    this.inner.reset();
  }

  pause(): void {
    this.inner.pause();
  }

  resume(): void {
    this.inner.resume();
  }
}
