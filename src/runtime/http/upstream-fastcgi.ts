import type { SystemError } from '../../host/host.ts';
import { encodeBody, encodeStdout, RecordReader, type RecordSink } from '../codec/fastcgi.ts';
import { ResponseHead } from '../codec/http1-response.ts';
import type { HeadProgress } from './upstream-cached.ts';
import { UpstreamRequest } from './upstream-request.ts';

/** What goes out: made once for all attempts. */
export interface FastcgiMessage {
  /** The script's name, for the error log. */
  readonly uri: string;
  /** Everything before the body; with the empty STDIN record when there is no body. */
  readonly head: string;
  readonly keepConnection: boolean;
  /** True when a `Status: 418` gets nginx's own reason, if it has one (1.25.3). */
  readonly addsReason: boolean;
  /** Texts in STDERR, before the head is complete, that make a response one that is not valid. */
  readonly catches: readonly string[];
}

const nothing: FastcgiMessage = { uri: '', head: '', keepConnection: false, addsReason: true, catches: [] };

/** A request to a FastCGI responder (ngx_http_fastcgi_module's side of the wire). */
export class FastcgiUpstreamRequest extends UpstreamRequest implements RecordSink {
  readonly head = new ResponseHead();
  /** What goes out; set before `start`. */
  message: FastcgiMessage = nothing;
  private records = new RecordReader();
  /** What of STDOUT has come while the head was not complete. */
  private pending: Buffer[] = [];
  /** The head's own bytes, without records. */
  private ownHead: Buffer = Buffer.alloc(0);
  private rawHeadBytes = 0;
  /** What came with the head and was not looked at. */
  private behind: Buffer | null = null;
  private isCaught = false;
  private stdoutEnd = 0;
  private inBody = false;
  private closed = false;
  /** All has come, but the upstream has not closed. */
  private isOver = false;
  private ended: 'ended' | 'excess' | null = null;
  /** Bytes of the body still to come; -1 when not known. */
  private rest = -1;

  get uri(): string {
    return this.message.uri;
  }

  protected requestHead(): string {
    return this.message.head;
  }

  protected requestBody(chunks: readonly Buffer[], last: boolean): readonly Buffer[] {
    return encodeBody(chunks, last);
  }

  protected reset(): void {
    this.head.reset();
    this.records = new RecordReader();
    this.pending = [];
    this.rawHeadBytes = 0;
    this.behind = null;
    this.isCaught = false;
    this.inBody = false;
    this.closed = false;
    this.ended = null;
    this.isOver = false;
  }

  /** A buffer at a time: what is in STDERR makes room again before the head begins. */
  protected headBytes(chunk: Buffer): HeadProgress {
    for (let at = 0; ; ) {
      const piece = chunk.subarray(at, at + this.conf.bufferSize - this.rawHeadBytes);
      at += piece.length;
      const progress = this.headPiece(piece);
      if (progress === 'done') this.behind = chunk.subarray(at);
      if (progress !== 'more' || at >= chunk.length) return progress;
    }
  }

  /** ngx_http_fastcgi_process_header */
  private headPiece(chunk: Buffer): HeadProgress {
    const before = this.rawHeadBytes;
    this.rawHeadBytes += chunk.length;
    if (!this.feed(chunk) || this.isCaught) return 'invalid';
    if (this.pending.length > 0) {
      const bytes = this.pending.length === 1 ? (this.pending[0] as Buffer) : Buffer.concat(this.pending);
      const verdict = this.head.parseCgi(bytes);
      if (verdict === 'invalid') return 'invalid';
      if (verdict === 'done') {
        const rest = bytes.length - this.head.length;
        if (before + this.stdoutEnd - rest > this.conf.bufferSize) return 'too-big';
        if (this.head.statusText.length === 3 && this.message.addsReason) this.head.statusText = '';
        this.ownHead = bytes.subarray(0, this.head.length);
        this.pending = rest > 0 ? [bytes.subarray(this.head.length)] : [];
        return 'done';
      }
      this.pending = [bytes];
    } else if (!this.closed) this.rawHeadBytes = 0;
    if (this.closed || this.ended) {
      this.head.problem = 'upstream prematurely closed FastCGI stdout';
      return 'invalid';
    }
    return this.rawHeadBytes >= this.conf.bufferSize ? 'too-big' : 'more';
  }

  /** In one record, as far as it goes: what is kept is read like an answer. */
  protected override rawHead(): Buffer {
    return encodeStdout(this.ownHead);
  }

  /** ngx_http_fastcgi_input_filter_init */
  protected bodyStarts(): void {
    this.inBody = true;
    this.rest = this.head.contentLength;
    const early = this.pending;
    this.pending = [];
    for (const piece of early) {
      this.countEarlyBody(piece.length);
      this.stdout(piece);
    }
    const { behind } = this;
    this.behind = null;
    if (behind && behind.length > 0) this.takeBody(behind);
    else this.endIfOver();
  }

  /** ngx_http_fastcgi_input_filter */
  protected bodyBytes(chunk: Buffer): void {
    if (this.feed(chunk)) this.endIfOver();
    else this.bodyBroken(this.records.problem);
  }

  protected bodyMayEnd(): boolean {
    return !this.message.keepConnection && this.rest <= 0;
  }

  /** Records may go over the ends of chunks. */
  protected readonly keepsNothing = false;

  takeEarly(): Buffer | null {
    return null;
  }

  // What records hold.

  stdout(piece: Buffer, end = 0): void {
    this.stdoutEnd = end;
    if (!this.inBody) {
      this.pending.push(piece);
      return;
    }
    if (this.rest === 0) {
      this.log('warn', 'upstream sent more data than specified in "Content-Length" header');
      return;
    }
    const taken = this.rest > 0 && piece.length > this.rest ? piece.subarray(0, this.rest) : piece;
    if (this.rest > 0) this.rest -= taken.length;
    this.pipe?.pass(taken, true, true);
  }

  stderr(piece: Buffer): void {
    const text = piece.toString('latin1').replace(/[\r\n. ]+$/, '');
    this.log('error', `FastCGI sent in stderr: "${text}"`);
    if (!this.inBody && this.message.catches.some((one) => text.includes(one))) this.isCaught = true;
  }

  stdoutClosed(): void {
    this.closed = true;
  }

  private feed(chunk: Buffer): boolean {
    if (this.ended) {
      this.ended = 'excess';
      return true;
    }
    const verdict = this.records.feed(chunk, this);
    if (verdict === 'ended' || verdict === 'excess') this.ended = verdict;
    else if (verdict === 'invalid') this.head.problem = this.records.problem;
    return verdict !== 'invalid';
  }

  private endIfOver(): void {
    const { keepConnection } = this.message;
    const over = this.ended !== null || (this.closed && !keepConnection);
    if (!over) return;
    if (this.rest > 0) {
      this.bodyBroken(`upstream prematurely closed FastCGI ${this.ended ? 'request' : 'stdout'}`);
      return;
    }
    // ngx_event_pipe_read_upstream looks at a buffer that is not full only when it knows how much is to come.
    this.isOver = true;
    if (this.buffering && !keepConnection) return;
    this.keepalive = keepConnection && this.ended === 'ended';
    this.bodyDone();
  }

  override lost(error: SystemError | null): void {
    super.lost(this.isOver ? null : error);
  }
}
