import { ChunkedReader } from '../codec/http1-request-body.ts';
import { ResponseHead } from '../codec/http1-response.ts';
import type { RequestBody } from './request.ts';
import { type HeadProgress, UpstreamRequest } from './upstream-request.ts';

/** What goes out: made once for all attempts. */
export interface Http1Message {
  /** The URI of the request line. */
  readonly uri: string;
  readonly head: string;
  /** True when the method sent is HEAD: the response has no body. */
  readonly headOnly: boolean;
}

const nothing: Http1Message = { uri: '', head: '', headOnly: false };

const Framing = { none: 0, length: 1, chunked: 2, close: 3 } as const;
type Framing = (typeof Framing)[keyof typeof Framing];

/** A request to an HTTP/1 upstream (ngx_http_proxy_module's side of the wire). */
export class Http1UpstreamRequest extends UpstreamRequest {
  readonly head = new ResponseHead();
  /** `$proxy_host` and `$proxy_port`, for this request. */
  proxyHost = '';
  proxyPort = '';
  private pending: Buffer | null = null;
  private bodyStart = 0;
  private framing: Framing = Framing.none;
  private left = 0;
  private chunks: ChunkedReader | null = null;

  /** What goes out; set before `start`. */
  message: Http1Message = nothing;

  get uri(): string {
    return this.message.uri;
  }

  protected requestHead(): string {
    return this.message.head;
  }

  protected requestBody(body: RequestBody): readonly Buffer[] {
    return body.chunks;
  }

  protected reset(): void {
    this.head.reset();
    this.pending = null;
    this.chunks = null;
  }

  /** ngx_http_proxy_process_status_line, ngx_http_proxy_process_header */
  protected headBytes(chunk: Buffer): HeadProgress {
    const { head, conf } = this;
    let bytes = this.pending ? Buffer.concat([this.pending, chunk]) : chunk;
    for (;;) {
      this.pending = bytes;
      const verdict = head.parse(bytes);
      if (verdict === 'more') return bytes.length >= conf.bufferSize ? 'too-big' : 'more';
      if (verdict === 'none') {
        head.reset();
        this.bodyStart = 0;
        return 'none';
      }
      if (verdict === 'invalid') return 'invalid';
      if (head.length > conf.bufferSize) return 'too-big';
      if (head.status !== 103 || !conf.earlyHints) break;
      bytes = bytes.subarray(head.length);
      if (bytes.length === 0) {
        this.pending = null;
        return 'more';
      }
    }
    this.bodyStart = head.length;
    if (head.chunked) head.contentLength = -1;
    if (this.bodyless() || (!head.chunked && head.contentLength === 0)) this.keepalive = !head.close;
    if (head.status === 101) this.keepalive = false;
    return 'done';
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
    this.take(chunk, 0);
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

  private take(bytes: Buffer, start: number): void {
    if (this.framing === Framing.length) this.takeLength(bytes, start);
    else if (this.framing === Framing.chunked) this.takeChunks(bytes, start);
    else if (this.framing === Framing.close) this.pipe?.pass(start === 0 ? bytes : bytes.subarray(start), true, true);
    else this.tooMuch();
  }

  /** ngx_http_proxy_copy_filter */
  private takeLength(bytes: Buffer, start: number): void {
    const { length } = bytes;
    const piece = Math.min(this.left, length - start);
    this.left -= piece;
    this.pipe?.pass(start === 0 && piece === length ? bytes : bytes.subarray(start, start + piece), this.left > 0, true);
    if (this.left > 0) return;
    if (start + piece < length) this.tooMuch();
    else {
      this.keepalive = !this.head.close;
      this.bodyDone();
    }
  }

  private tooMuch(): void {
    this.log('warn', 'upstream sent more data than specified in "Content-Length" header');
    this.keepalive = false;
    this.bodyDone();
  }

  /** ngx_http_proxy_chunked_filter */
  private takeChunks(bytes: Buffer, start: number): void {
    const { chunks } = this;
    if (!chunks) return;
    const end = chunks.read(bytes, start, this.passPiece);
    if (end < 0) {
      this.bodyBroken('upstream sent invalid chunked response');
      return;
    }
    if (!chunks.done) return;
    this.keepalive = !this.head.close;
    if (end < bytes.length) {
      this.log('warn', 'upstream sent data after final chunk');
      this.keepalive = false;
    }
    this.bodyDone();
  }

  private readonly passPiece = (piece: Buffer): void => this.pipe?.pass(piece, true, false);

  private bodyless(): boolean {
    return this.message.headOnly || this.head.status === 204 || this.head.status === 304;
  }
}
