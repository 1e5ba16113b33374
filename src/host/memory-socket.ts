import type { Address, Clock, Socket, SocketHandler, SystemError } from './host.ts';

/** How many undelivered bytes make `write` ask for patience. */
const highWaterMark = 65_536;
/** The most that one delivery hands over. */
const chunkSize = 65_536;

const deaf: SocketHandler = { data() {}, end() {}, closed() {} };

/**
 * One end of a connection in memory. What one end writes in a turn reaches the other in a later turn as one chunk, as on
 * a real loopback; nothing is ever delivered inside a call of the other side.
 */
export class MemorySocket implements Socket {
  handler: SocketHandler = deaf;
  /** The other end; null until connected. */
  peer: MemorySocket | null = null;
  /** What is written is copied. */
  readonly queued = 0;
  #inbox: Buffer[] = [];
  #waiting = 0;
  /** Written before there is another end. */
  #early: Buffer[] = [];
  #waitingEarly = 0;
  #paused = false;
  #scheduled = false;
  #choked = false;
  #ended = false;
  #finReceived = false;
  #finDelivered = false;
  #closed = false;

  constructor(
    readonly clock: Clock,
    readonly local: Address,
    readonly remote: Address,
    /** Called when the connection is over. */
    readonly gone: () => void = () => {},
  ) {}

  get closed(): boolean {
    return this.#closed;
  }

  write(bytes: Buffer | string): boolean {
    const chunk = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : Buffer.from(bytes);
    if (this.#closed || this.#ended || chunk.length === 0) return true;
    if (this.peer?.closed) {
      this.clock.soon(() => this.fail('ECONNRESET'));
      return true;
    }
    this.#outbox.push(chunk);
    const queued = this.#account(chunk.length);
    this.peer?.schedule();
    this.#choked = queued > highWaterMark;
    return !this.#choked;
  }

  writeAll(pieces: readonly (Buffer | string)[]): boolean {
    let fast = true;
    for (const piece of pieces) fast = this.write(piece);
    return fast;
  }

  end(): void {
    if (this.#closed || this.#ended) return;
    this.#ended = true;
    this.peer?.receiveFin();
    this.schedule();
  }

  destroy(): void {
    if (this.#closed) return;
    const { peer } = this;
    // The kernel answers with RST when bytes are left that nobody has read.
    if (peer && this.#inbox.length > 0) peer.fail('ECONNRESET');
    else peer?.receiveFin();
    this.#close(null);
  }

  reset(): void {
    if (this.#closed) return;
    this.peer?.fail('ECONNRESET');
    this.#close(null);
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.schedule();
  }

  /** Joins two ends; what was written before is delivered now. */
  join(peer: MemorySocket): void {
    this.peer = peer;
    peer.peer = this;
    for (const chunk of this.#early) peer.#inbox.push(chunk);
    peer.#waiting += this.#waitingEarly;
    this.#early = [];
    if (this.#ended) peer.receiveFin();
    peer.schedule();
  }

  /** The connection fails under this end. */
  fail(errno: string): void {
    this.#inbox = [];
    this.#waiting = 0;
    this.#close({ errno });
  }

  /** The other side sends no more. */
  receiveFin(): void {
    this.#finReceived = true;
    this.schedule();
  }

  /** Sees to it that what is waiting for this end is delivered in a later turn. */
  schedule(): void {
    if (this.#scheduled || this.#closed) return;
    this.#scheduled = true;
    this.clock.soon(() => {
      this.#scheduled = false;
      this.#deliver();
    });
  }

  get #outbox(): Buffer[] {
    return this.peer ? this.peer.#inbox : this.#early;
  }

  /** Adds to what is waiting on the other side, and tells how much that is. */
  #account(length: number): number {
    if (this.peer) {
      this.peer.#waiting += length;
      return this.peer.#waiting;
    }
    this.#waitingEarly += length;
    return this.#waitingEarly;
  }

  #deliver(): void {
    if (this.#closed || this.#paused) return;
    if (this.#inbox.length > 0) {
      const chunk = this.#take();
      if (this.peer?.closed === false) this.peer.#relieve();
      this.handler.data(chunk);
      if (this.#inbox.length > 0 || this.#finReceived) this.schedule();
      return;
    }
    if (this.#finReceived && !this.#finDelivered) {
      this.#finDelivered = true;
      this.handler.end();
    }
    if (this.#finDelivered && this.#ended) this.#close(null);
  }

  #take(): Buffer {
    const parts: Buffer[] = [];
    let length = 0;
    for (let part = this.#inbox[0]; part && length < chunkSize; part = this.#inbox[0]) {
      const room = chunkSize - length;
      if (part.length > room) this.#inbox[0] = part.subarray(room);
      else this.#inbox.shift();
      parts.push(part.length > room ? part.subarray(0, room) : part);
      length += Math.min(part.length, room);
    }
    this.#waiting -= length;
    return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts, length);
  }

  #relieve(): void {
    if (!this.#choked || (this.peer && this.peer.#waiting > 0)) return;
    this.#choked = false;
    this.clock.soon(() => {
      if (!this.#closed) this.handler.drained?.();
    });
  }

  #close(error: SystemError | null): void {
    if (this.#closed) return;
    this.#closed = true;
    this.gone();
    this.clock.soon(() => this.handler.closed(error));
  }
}
