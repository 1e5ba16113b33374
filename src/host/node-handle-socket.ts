import { constants } from 'node:os';
import { getSystemErrorName } from 'node:util';
import type { Address, Socket, SocketHandler, SystemError } from './host.ts';
import type { Bindings, Pending, Place, TcpHandle } from './node-bindings.ts';

const deaf: SocketHandler = { data() {}, end() {}, closed() {} };

/** How many bytes may wait in the kernel's anteroom before `write` asks for patience. */
const highWaterMark = 65_536;
const readSize = 65_536;
/** Less than this is copied out of the memory it was read into; more, if nobody gives memory back. */
const small = 4096;
const medium = readSize / 2;
/** Pieces that are no more than this together are joined. */
const mostJoined = 16_384;
const endOfFile = -4095;
const notConnected = -constants.errno.ENOTCONN;

/**
 * All sockets read into this, one after another, until one of them gets much at once: that one gets memory of its own,
 * and gives it away with what is in it.
 */
const scratch = Buffer.allocUnsafeSlow(readSize);
/** Small pieces meet here. */
let joint = Buffer.allocUnsafeSlow(mostJoined);
/** The beginnings of both, by length, as far as they are short: the same lengths come again and again. */
const views = noViews();
let jointViews = noViews();

function noViews(): (Buffer | undefined)[] {
  return new Array<Buffer | undefined>(small);
}

/** The socket of a handle. */
const owner = Symbol('owner');
type OwnedHandle = TcpHandle & { [owner]: HandleSocket };

/** What goes on in a write that the kernel has not taken at once. */
interface Writing extends Pending {
  bytes: number;
  /** Kept from being collected while libuv reads it. */
  held: unknown;
}

/** A TCP connection straight on libuv's handle. */
export class HandleSocket implements Socket {
  handler: SocketHandler = deaf;
  readonly #handle: TcpHandle;
  readonly #bindings: Bindings;
  #local: Address | null = null;
  #remote: Address | null;
  #error: SystemError | null = null;
  /** Held here for libuv, which does not hold it. */
  #memory = scratch;
  /** For the next write; used again when the kernel takes all of it. */
  #writing: Writing | null = null;
  queued = 0;
  /** What `data` is looking at. */
  #lent: Buffer | null = null;
  #recycled = false;
  /** The receiver has given the last chunk back. */
  #lends = true;
  #choked = false;
  #connecting: boolean;
  #paused = false;
  #reading = false;
  #ended = false;
  #shut = false;
  #finReceived = false;
  #closed = false;

  constructor(bindings: Bindings, handle: TcpHandle, remote: Address | null) {
    this.#bindings = bindings;
    this.#handle = handle;
    this.#remote = remote;
    this.#connecting = remote !== null;
    (handle as OwnedHandle)[owner] = this;
    handle.setNoDelay(true);
    handle.useUserBuffer(scratch);
    handle.onread = onread;
  }

  /** Connects a socket that was made for it. */
  connect(host: string, port: number, from: string | undefined, fromPort: number): void {
    const handle = this.#handle;
    const request = new this.#bindings.TCPConnectWrap();
    request.oncomplete = connected;
    let status = 0;
    if (from !== undefined) status = from.includes(':') ? handle.bind6(from, fromPort, 0) : handle.bind(from, fromPort);
    if (status === 0) status = host.includes(':') ? handle.connect6(request, host, port) : handle.connect(request, host, port);
    if (status !== 0) this.#fail(status);
  }

  /** Begins to deliver. */
  start(): void {
    if (this.#reading || this.#paused || this.#closed || this.#connecting || this.#finReceived) return;
    this.#reading = true;
    const status = this.#handle.readStart();
    if (status !== 0) this.#fail(status);
  }

  get local(): Address {
    if (this.#local) return this.#local;
    const place: Place = {};
    this.#handle.getsockname(place);
    return (this.#local = addressOf(place));
  }

  get remote(): Address {
    if (this.#remote) return this.#remote;
    const place: Place = {};
    this.#handle.getpeername(place);
    return (this.#remote = addressOf(place));
  }

  write(bytes: Buffer | string): boolean {
    if (this.#closed || this.#ended) return true;
    const handle = this.#handle;
    const writing = (this.#writing ??= newWriting(this.#bindings));
    const status = typeof bytes === 'string' ? handle.writeLatin1String(writing, bytes) : handle.writeBuffer(writing, bytes);
    return this.#wrote(status, writing, bytes, bytes.length);
  }

  writeAll(pieces: readonly (Buffer | string)[]): boolean {
    if (this.#closed || this.#ended) return true;
    let length = 0;
    for (const piece of pieces) length += piece.length;
    if (length <= mostJoined) return this.#writeJoined(pieces, length);
    const writing = (this.#writing ??= newWriting(this.#bindings));
    const chunks: unknown[] = [];
    for (const piece of pieces) chunks.push(piece, typeof piece === 'string' ? 'latin1' : 'buffer');
    return this.#wrote(this.#handle.writev(writing, chunks, false), writing, chunks, length);
  }

  #writeJoined(pieces: readonly (Buffer | string)[], length: number): boolean {
    const bytes = joint;
    let at = 0;
    for (const piece of pieces) {
      if (typeof piece === 'string') at += bytes.write(piece, at, 'latin1');
      else {
        bytes.set(piece, at);
        at += piece.length;
      }
    }
    const fast = this.write(length < small ? (jointViews[length] ??= bytes.subarray(0, length)) : bytes.subarray(0, length));
    if (this.queued > 0) {
      joint = Buffer.allocUnsafeSlow(mostJoined);
      jointViews = noViews();
    }
    return fast;
  }

  end(): void {
    if (this.#ended || this.#closed) return;
    this.#ended = true;
    if (!this.#connecting) this.#shutdown();
  }

  destroy(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#handle.close(closed);
  }

  reset(): void {
    if (this.#closed) return;
    this.#closed = true;
    // While it connects, or after FIN, there is no RST.
    if (this.#connecting || this.#handle.reset(closed) !== 0) this.#handle.close(closed);
  }

  pause(): void {
    this.#paused = true;
    if (!this.#reading || this.#closed) return;
    this.#reading = false;
    this.#handle.readStop();
  }

  resume(): void {
    this.#paused = false;
    this.start();
  }

  recycle(chunk: Buffer): void {
    if (chunk === this.#lent) this.#recycled = true;
  }

  relocate(local: Address): void {
    this.#local = local;
  }

  // What libuv tells.

  /** Bytes are in memory, or something is wrong; returns other memory for the next ones. */
  received(): Buffer | undefined {
    const { state, readResult } = this.#bindings;
    const result = state[readResult] as number;
    if (this.#closed || result === 0) return undefined;
    if (result < 0) {
      this.#reading = false;
      if (result !== endOfFile) this.#fail(result);
      else {
        this.#finReceived = true;
        this.handler.end();
        this.#closeWhenOver();
      }
      return undefined;
    }
    return this.#deliver(result);
  }

  #deliver(length: number): Buffer | undefined {
    const memory = this.#memory;
    if (length < small) {
      const chunk = Buffer.allocUnsafe(length);
      chunk.set(memory === scratch ? (views[length] ??= scratch.subarray(0, length)) : memory.subarray(0, length));
      this.handler.data(chunk);
      return undefined;
    }
    if (memory !== scratch && (length >= medium || this.#lends)) return this.#lend(memory, length);
    const chunk = Buffer.allocUnsafeSlow(length);
    chunk.set(memory.subarray(0, length));
    this.#hand(chunk);
    return memory === scratch ? (this.#memory = Buffer.allocUnsafeSlow(readSize)) : undefined;
  }

  /** Hands memory out as it is; it stays ours if the receiver says so. */
  #lend(memory: Buffer, length: number): Buffer | undefined {
    this.#hand(length === readSize ? memory : memory.subarray(0, length));
    // Not before: should `data` throw, libuv still writes into what it has.
    return this.#lends ? undefined : (this.#memory = Buffer.allocUnsafeSlow(readSize));
  }

  #hand(chunk: Buffer): void {
    this.#lent = chunk;
    this.#recycled = false;
    this.handler.data(chunk);
    this.#lent = null;
    this.#lends = this.#recycled;
  }

  connected(status: number): void {
    if (this.#closed) return;
    if (status !== 0) {
      this.#fail(status);
      return;
    }
    this.#connecting = false;
    this.handler.connected?.();
    if (this.#ended) this.#shutdown();
    this.start();
  }

  written(status: number, bytes: number): void {
    this.queued -= bytes;
    if (this.#closed) return;
    if (status !== 0) this.#fail(status);
    else if (this.#choked && this.queued === 0) {
      this.#choked = false;
      this.handler.drained?.();
    }
  }

  shut(status: number): void {
    this.#shut = true;
    if (this.#closed) return;
    if (status !== 0) this.#fail(status);
    else this.#closeWhenOver();
  }

  gone(): void {
    this.handler.closed(this.#error);
  }

  #wrote(status: number, writing: Writing, held: unknown, length: number): boolean {
    if (status !== 0) {
      this.#fail(status);
      return true;
    }
    const { state, wroteLater } = this.#bindings;
    if (state[wroteLater] !== 0) {
      writing.held = held;
      writing.bytes = length;
      this.#writing = null;
      this.queued += length;
    }
    if (this.queued > highWaterMark) this.#choked = true;
    return !this.#choked;
  }

  #shutdown(): void {
    if (this.#closed) return;
    const request = new this.#bindings.ShutdownWrap();
    request.oncomplete = shut;
    const status = this.#handle.shutdown(request);
    if (status === 0) return;
    // ENOTCONN: the other side has closed everything meanwhile.
    if (status === notConnected) this.shut(0);
    else this.#fail(status);
  }

  #closeWhenOver(): void {
    if (this.#finReceived && this.#shut) this.destroy();
  }

  #fail(status: number): void {
    if (this.#closed) return;
    this.#error = { errno: getSystemErrorName(status) };
    this.destroy();
  }
}

function newWriting({ WriteWrap }: Bindings): Writing {
  const writing = new WriteWrap() as Writing;
  writing.oncomplete = written;
  writing.bytes = 0;
  writing.held = null;
  return writing;
}

// One function of each kind for all sockets: libuv's callbacks know their handle.

function socketOf(handle: TcpHandle): HandleSocket {
  return (handle as OwnedHandle)[owner];
}

function onread(this: TcpHandle): Buffer | undefined {
  return socketOf(this).received();
}

function connected(this: Pending, status: number, handle: TcpHandle): void {
  socketOf(handle).connected(status);
}

function written(this: Pending, status: number, handle: TcpHandle): void {
  const writing = this as Writing;
  writing.held = null;
  socketOf(handle).written(status, writing.bytes);
}

function shut(this: Pending, status: number, handle: TcpHandle): void {
  socketOf(handle).shut(status);
}

function closed(this: TcpHandle): void {
  socketOf(this).gone();
}

/** Of a connection that is gone there is no address any more. */
function addressOf({ address = '0.0.0.0', port = 0 }: Place): Address {
  const isMapped = address.startsWith('::ffff:') && address.includes('.');
  return { kind: 'ip', host: isMapped ? address.slice(7) : address, port };
}
