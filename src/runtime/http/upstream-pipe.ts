import type { Request } from './request.ts';
import type { UpstreamConf } from './upstream-plan.ts';

/** Where the body comes from, as far as the pipe can hold it back. */
export interface PipeSource {
  pause(): void;
  resume(): void;
}

/** How much of a response nginx would put into a temporary file we hold in memory at most. */
const memoryForTempFile = 32 * 1024 * 1024;

const blockSize = 65_536;
/** Blocks that wait for the next body. */
const spare: Buffer[] = [];
const mostSpare = 64;

/**
 * A response body on its way from upstream to client (ngx_event_pipe). With buffering on it takes what comes while the
 * client is slow, up to the size of all buffers and the temporary file; with buffering off it holds the upstream back.
 * What is held is copied into blocks that serve one body after another.
 */
export class ResponsePipe {
  /** Passed on when there is as much as a buffer takes, or the body is complete. All are full but the last one. */
  private blocks: Buffer[] = [];
  private lastBlock = 0;
  private heldBytes = 0;
  /** Blocks that were written, until they are sent. */
  private leaving: Buffer[] = [];
  /** A piece has been written as it was. */
  private direct = false;
  private slow = false;
  private discards = false;
  /** Gets every piece of the body. */
  store: ((piece: Buffer) => void) | null = null;
  private paused = false;
  private readonly limit: number;
  private readonly bufferSize: number;

  constructor(
    private readonly r: Request,
    private readonly buffering: boolean,
    conf: UpstreamConf,
    private capacity: number,
    private readonly source: PipeSource,
  ) {
    const { buffers, maxTempFileSize } = conf;
    this.limit = buffering ? buffers.number * buffers.size + Math.min(maxTempFileSize, memoryForTempFile) : 0;
    this.bufferSize = buffers.size;
  }

  /** False when a piece may still be looked at. */
  get keepsNothing(): boolean {
    if (this.direct && this.r.allSent) this.direct = false;
    return !this.direct;
  }

  /** Takes a piece. `more` is false for the last one; `hold` lets it wait for a full buffer. */
  pass(piece: Buffer, more: boolean, hold: boolean): void {
    this.store?.(piece);
    if (this.discards) return;
    if (this.slow || (hold && more && this.buffering && this.heldBytes + piece.length < this.capacity)) {
      this.hold(piece);
      return;
    }
    if (this.heldBytes > 0) {
      this.hold(piece);
      this.release(more);
    } else {
      this.direct = true;
      this.goesOn(this.r.write(piece), more);
    }
  }

  /** Hands everything over, however slow the client is. */
  end(): void {
    this.slow = false;
    this.r.onWritable = null;
    this.release(false);
  }

  /** Lets the source go on: nothing more of it is waited for. */
  letGo(): void {
    if (!this.paused) return;
    this.paused = false;
    this.source.resume();
  }

  /** Forgets what is held. */
  drop(): void {
    this.blocks = [];
    this.heldBytes = 0;
    this.r.onWritable = null;
  }

  /** Nobody takes the body, but it is read to its end. */
  discard(): void {
    this.drop();
    this.discards = true;
    this.slow = false;
    this.letGo();
  }

  /** The body is complete: blocks that are not sent yet serve again when they are. */
  over(): void {
    if (this.leaving.length === 0) return;
    if (this.r.allSent) this.takeBack();
    else this.r.whenSent = () => void (this.r.allSent && this.takeBack());
  }

  private hold(piece: Buffer): void {
    for (let from = 0; from < piece.length; ) {
      if (this.blocks.length === 0 || this.lastBlock === blockSize) {
        this.blocks.push(spare.pop() ?? Buffer.allocUnsafeSlow(blockSize));
        this.lastBlock = 0;
      }
      const length = Math.min(piece.length - from, blockSize - this.lastBlock);
      const part = length === piece.length ? piece : piece.subarray(from, from + length);
      (this.blocks.at(-1) as Buffer).set(part, this.lastBlock);
      this.lastBlock += length;
      from += length;
    }
    this.heldBytes += piece.length;
    if (!this.slow || this.paused || this.heldBytes <= this.limit) return;
    this.paused = true;
    this.source.pause();
  }

  private release(more: boolean): void {
    if (this.heldBytes === 0) return;
    const { blocks, lastBlock } = this;
    this.blocks = [];
    this.heldBytes = 0;
    let fast = true;
    for (const [at, block] of blocks.entries()) {
      if (this.leaving.length < mostSpare) this.leaving.push(block);
      fast = this.r.write(at === blocks.length - 1 ? block.subarray(0, lastBlock) : block);
    }
    this.goesOn(fast, more);
  }

  /** Something was written; `fast` when the client takes more. */
  private goesOn(fast: boolean, more: boolean): void {
    const { r } = this;
    this.capacity = this.bufferSize;
    if (!more) return;
    if (this.buffering) r.sendHeld();
    else r.flush();
    if (this.leaving.length > 0 && r.allSent) this.takeBack();
    if (fast) return;
    this.slow = true;
    r.onWritable = this.writable;
    if (this.buffering) return;
    this.paused = true;
    this.source.pause();
  }

  private takeBack(): void {
    for (const block of this.leaving) if (spare.length < mostSpare) spare.push(block);
    this.leaving = [];
  }

  private readonly writable = (): void => {
    this.slow = false;
    this.r.onWritable = null;
    if (this.leaving.length > 0 && this.r.allSent) this.takeBack();
    this.release(true);
    if (this.slow || !this.paused) return;
    this.paused = false;
    this.source.resume();
  };
}
