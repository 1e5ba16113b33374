import { ChunkedReader } from '../codec/http1-request-body.ts';
import { ResponseHead } from '../codec/http1-response.ts';
import { UpstreamRequest } from './upstream-request.ts';

const Framing = { none: 0, length: 1, chunked: 2, close: 3 } as const;
type Framing = (typeof Framing)[keyof typeof Framing];

const nothing = Buffer.alloc(0);

/** A request whose response is a head and a body that follows it as it is, ended by its length, its chunks or the connection's end. */
export abstract class FramedUpstreamRequest extends UpstreamRequest {
  readonly head = new ResponseHead();
  protected pending: Buffer | null = null;
  protected bodyStart = 0;
  private framing: Framing = Framing.none;
  private left = 0;
  private chunks: ChunkedReader | null = null;

  /** True when the connection can be used again after a whole response. */
  protected abstract readonly mayKeep: boolean;
  /** True when no body follows, whatever the head says. */
  protected abstract bodyless(): boolean;

  protected reset(): void {
    this.head.reset();
    this.pending = null;
    this.chunks = null;
  }

  protected override rawHead(): Buffer {
    return this.pending?.subarray(0, this.bodyStart) ?? nothing;
  }

  /** ngx_http_proxy_input_filter_init */
  protected bodyStarts(): void {
    const { head } = this;
    if (this.bodyless() || (!head.chunked && head.contentLength === 0)) this.framing = Framing.none;
    else if (head.chunked) {
      this.framing = Framing.chunked;
      this.chunks = new ChunkedReader(this.conf.bareLfInChunks);
    } else if (head.contentLength > 0) {
      this.framing = Framing.length;
      this.left = head.contentLength;
    } else this.framing = Framing.close;
    const { pending } = this;
    this.pending = null;
    const early = pending ? pending.length - this.bodyStart : 0;
    if (early > 0) this.takeBody((pending as Buffer).subarray(this.bodyStart));
    else if (this.framing === Framing.none) this.bodyDone();
  }

  protected bodyBytes(chunk: Buffer): void {
    if (this.framing === Framing.length) this.takeLength(chunk);
    else if (this.framing === Framing.chunked) this.takeChunks(chunk);
    else if (this.framing === Framing.close) this.pipe?.pass(chunk, true, true);
    else this.tooMuch();
  }

  protected bodyMayEnd(): boolean {
    return this.framing === Framing.close;
  }

  protected get keepsNothing(): boolean {
    return this.pending === null;
  }

  takeEarly(): Buffer | null {
    const { pending } = this;
    this.pending = null;
    return pending && pending.length > this.bodyStart ? pending.subarray(this.bodyStart) : null;
  }

  /** ngx_http_proxy_copy_filter */
  private takeLength(bytes: Buffer): void {
    const { length } = bytes;
    const piece = Math.min(this.left, length);
    this.left -= piece;
    this.pipe?.pass(piece === length ? bytes : bytes.subarray(0, piece), this.left > 0, true);
    if (this.left > 0) return;
    if (piece < length) this.tooMuch();
    else {
      this.keepalive = this.mayKeep;
      this.bodyDone();
    }
  }

  private tooMuch(): void {
    this.log('warn', 'upstream sent more data than specified in "Content-Length" header');
    this.keepalive = false;
    this.bodyDone();
  }

  /** ngx_http_proxy_chunked_filter */
  private takeChunks(bytes: Buffer): void {
    const { chunks } = this;
    if (!chunks) return;
    const end = chunks.read(bytes, 0, this.passPiece);
    if (end < 0) {
      this.bodyBroken('upstream sent invalid chunked response');
      return;
    }
    if (!chunks.done) return;
    this.keepalive = this.mayKeep;
    if (end < bytes.length) {
      this.log('warn', 'upstream sent data after final chunk');
      this.keepalive = false;
    }
    this.bodyDone();
  }

  private readonly passPiece = (piece: Buffer): void => this.pipe?.pass(piece, true, false);
}
