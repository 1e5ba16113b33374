import { constants, createGunzip, createGzip, type Gunzip, type Gzip, type ZlibOptions } from 'node:zlib';

/** Room for what one call of zlib gives. */
const roomSize = 16_384;

/** The part of Node's streams that works at once: what node:zlib offers by name either waits or takes everything. */
interface Steps {
  readonly _handle: {
    onerror: (message: string) => void;
    writeSync(flush: number, from: Buffer, at: number, length: number, to: Buffer, toAt: number, room: number): void;
  } | null;
  /** Bytes of room and of input that are left after a step. */
  readonly _writeState: Uint32Array;
}

/** zlib, a piece at a time and without waiting, as nginx calls it. */
export class ZlibSteps {
  /** Bytes that went in and came out. */
  taken = 0;
  given = 0;
  /** What went wrong, in zlib's words; '' while all is well. */
  problem = '';
  private readonly stream: (Gzip | Gunzip) & Steps;

  private constructor(stream: Gzip | Gunzip) {
    this.stream = stream as (Gzip | Gunzip) & Steps;
    if (!this.stream._handle) return;
    this.stream._handle.onerror = (message) => {
      this.problem = message;
    };
  }

  static compress(options: ZlibOptions): ZlibSteps {
    return new ZlibSteps(createGzip(options));
  }

  static decompress(): ZlibSteps {
    return new ZlibSteps(createGunzip());
  }

  /** True once something went wrong: nothing comes out any more. */
  get failed(): boolean {
    return this.problem !== '';
  }

  /** What comes out of zlib when `chunk` goes in. */
  step(chunk: Buffer, how: 'go' | 'flush' | 'finish'): Buffer {
    const flag = how === 'finish' ? constants.Z_FINISH : how === 'flush' ? constants.Z_SYNC_FLUSH : constants.Z_NO_FLUSH;
    const pieces: Buffer[] = [];
    const { _handle: handle, _writeState: state } = this.stream;
    for (let left = chunk.length, more = true; more && handle && !this.failed; ) {
      const room = Buffer.allocUnsafe(roomSize);
      handle.writeSync(flag, chunk, chunk.length - left, left, room, 0, roomSize);
      // After a failure the state is not written.
      if (this.failed) break;
      const free = state[0] ?? roomSize;
      left = state[1] ?? 0;
      if (free < roomSize) pieces.push(room.subarray(0, roomSize - free));
      more = free === 0;
    }
    this.taken += chunk.length;
    const out = pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
    this.given += out.length;
    return out;
  }

  /** Gives zlib's memory back. */
  close(): void {
    this.stream.destroy();
  }
}
