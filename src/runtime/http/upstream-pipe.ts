import type { Request } from './request.ts';
import type { UpstreamConf } from './upstream-plan.ts';

/** Where the body comes from, as far as the pipe can hold it back. */
export interface PipeSource {
  pause(): void;
  resume(): void;
}

/** How much of a response nginx would put into a temporary file we hold in memory at most. */
const memoryForTempFile = 32 * 1024 * 1024;

/**
 * A response body on its way from upstream to client (ngx_event_pipe). With buffering on it takes what comes while the
 * client is slow, up to the size of all buffers and the temporary file; with buffering off it holds the upstream back.
 */
export class ResponsePipe {
  /** Passed on when a buffer is full, or the body complete. */
  private held: Buffer[] = [];
  private heldBytes = 0;
  private slow = false;
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

  /** Takes a piece. `more` is false for the last one; `hold` lets it wait for a full buffer. */
  pass(piece: Buffer, more: boolean, hold: boolean): void {
    if (this.slow || (hold && more && this.buffering && this.heldBytes + piece.length < this.capacity)) {
      this.hold(piece);
      return;
    }
    if (this.heldBytes > 0) {
      this.hold(piece);
      this.release(more);
    } else this.send(piece, more);
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
    this.held = [];
    this.heldBytes = 0;
    this.r.onWritable = null;
  }

  private hold(piece: Buffer): void {
    this.held.push(piece);
    this.heldBytes += piece.length;
    if (!this.slow || this.paused || this.heldBytes <= this.limit) return;
    this.paused = true;
    this.source.pause();
  }

  private release(more: boolean): void {
    if (this.heldBytes === 0) return;
    const pieces = this.held;
    const all = pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces, this.heldBytes);
    this.held = [];
    this.heldBytes = 0;
    this.send(all, more);
  }

  private send(piece: Buffer, more: boolean): void {
    const { r } = this;
    this.capacity = this.bufferSize;
    const fast = r.write(piece);
    if (!more) return;
    r.flush();
    if (fast) return;
    this.slow = true;
    r.onWritable = this.writable;
    if (this.buffering) return;
    this.paused = true;
    this.source.pause();
  }

  private readonly writable = (): void => {
    this.slow = false;
    this.r.onWritable = null;
    this.release(true);
    if (this.slow || !this.paused) return;
    this.paused = false;
    this.source.resume();
  };
}
