import type { BodyReader } from '../codec/http1-request-body.ts';
import type { BodyStream, BodyTaker, RequestBody } from './request.ts';
import type { BodyReceiver, RequestState } from './request-state.ts';

/** What nobody has taken yet waits here; while nobody wants more, the client's socket is not read. */
export class StreamedBody implements BodyReceiver, BodyStream {
  done = false;
  private readonly r: RequestState;
  private readonly reader: BodyReader;
  private pieces: Buffer[] = [];
  private length = 0;
  private taker: BodyTaker | null = null;
  /** What is here already is being looked at: problems are answered at once. */
  private isFirst = true;
  /** How it has ended when nobody was there to hear of it. */
  private ending: (() => void) | null = null;

  constructor(r: RequestState, reader: BodyReader) {
    this.r = r;
    this.reader = reader;
  }

  /** Takes what is here, and goes on with that unless it is broken (ngx_http_read_client_request_body). */
  start(then: (body: RequestBody, rest: BodyStream | null) => void): void {
    const { r } = this;
    r.connection.receiveBody(this);
    if (this.ending) {
      this.ending();
      return;
    }
    this.isFirst = false;
    const body = { length: this.length, chunks: this.pieces };
    r.body = body;
    this.pieces = [];
    if (this.reader.done) {
      then(body, null);
      return;
    }
    r.connection.holdBody();
    then(body, this);
  }

  // What the connection tells.

  feed(bytes: Buffer, from: number): number {
    const { r, reader } = this;
    const end = reader.read(bytes, from, this.take);
    r.requestLength += (end < 0 ? bytes.length : end) - from;
    if (end < 0) {
      r.log('info', 'client sent invalid chunked body');
      this.fail(400);
      return bytes.length;
    }
    const most = r.location.core.clientMaxBodySize;
    if (most !== 0 && this.length > most && r.headersIn.chunked) {
      r.log('error', `client intended to send too large chunked body: ${this.length} bytes`);
      this.fail(413);
      return end;
    }
    if (reader.done) {
      r.connection.receiveBody(null);
      if (r.headersIn.chunked) r.headersIn.contentLength = this.length;
    }
    this.handOn();
    return end;
  }

  ended(): void {
    this.r.log('info', 'client prematurely closed connection');
    this.end(400, () => this.r.terminate(400));
  }

  timedOut(): void {
    this.fail(408);
  }

  // What the taker asks for.

  flowTo(taker: BodyTaker): void {
    this.taker = taker;
    // It has been handed over, and is kept nowhere else.
    this.r.body = { length: 0, chunks: [] };
    if (this.ending) this.ending();
    else if (this.reader.done || this.pieces.length > 0) this.handOn();
    else this.letFlow();
  }

  hold(): void {
    if (!this.reader.done) this.r.connection.holdBody();
  }

  letFlow(): void {
    if (!this.reader.done) this.r.connection.releaseBody();
  }

  stop(): void {
    this.taker = null;
    this.hold();
  }

  private readonly take = (chunk: Buffer): void => {
    this.pieces.push(chunk);
    this.length += chunk.length;
  };

  private handOn(): void {
    const { taker, pieces, reader } = this;
    if (!taker || (pieces.length === 0 && !reader.done)) return;
    this.pieces = [];
    this.done = reader.done;
    taker.take(pieces, reader.done);
  }

  private fail(status: number): void {
    this.r.keepalive = false;
    this.end(status, () => this.r.finalize(status));
  }

  /** Nothing more comes; whoever answers the client hears of it as soon as there is somebody. */
  private end(status: number, answer: () => void): void {
    this.r.connection.receiveBody(null);
    this.reader.drop();
    this.ending = this.isFirst ? answer : () => this.taker?.bodyFails(status, answer);
    if (this.taker) this.ending();
  }
}
