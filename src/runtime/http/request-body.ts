import { type BodyReader, ChunkedReader, LengthReader } from '../codec/http1-request-body.ts';
import type { BodyStream, RequestBody } from './request.ts';
import { keepInFile, newBodyFile } from './request-body-file.ts';
import type { BodyReceiver, BodySink, RequestState } from './request-state.ts';
import { StreamedBody } from './streamed-body.ts';

const empty: RequestBody = { length: 0, chunks: [] };

/** The reader for a request's body; null when it has none. */
export function bodyReaderOf(r: RequestState): BodyReader | null {
  const { headersIn } = r;
  if (headersIn.chunked) return new ChunkedReader(r.connection.engine.profile.bareLfInChunks);
  return headersIn.contentLength > 0 ? new LengthReader(headersIn.contentLength) : null;
}

/** Reads the body into memory, or as far as it is here, then goes on (ngx_http_read_client_request_body). */
export function readBody(r: RequestState, then: (body: RequestBody, rest: BodyStream | null) => void, streams: boolean): void {
  if (r.body) {
    then(r.body, null);
    return;
  }
  sendContinue(r);
  const reader = r.connection.takeBodyReader(r);
  if (!reader || reader.done) {
    r.body = empty;
    then(empty, null);
    return;
  }
  if (streams) new StreamedBody(r, reader).start(then);
  else new ArrivingBody(r, reader, new BodyInMemory(r), (body) => then(body, null)).start();
}

/** Reads the body into a file, then goes on with its name. */
export function readBodyIntoFile(r: RequestState, mode: number, place: string, then: (path: string) => void): void {
  const file = newBodyFile(r, mode, place);
  if (!file) {
    r.finalize(500);
    return;
  }
  const goOn = () => then(file.path);
  const { body } = r;
  if (!body) sendContinue(r);
  const reader = body ? null : r.connection.takeBodyReader(r);
  if (reader && !reader.done) {
    new ArrivingBody(r, reader, file, goOn).start();
    return;
  }
  const kept = (body ?? empty).chunks.every((chunk) => file.take(chunk));
  r.body = file.end((body ?? empty).length);
  if (kept) goOn();
  else r.finalize(500);
}

/**
 * Throws the body away if nobody has read it, and asks for it first; false when what is here of it is broken
 * (ngx_http_discard_request_body).
 */
export function discardBody(r: RequestState): boolean {
  if (r.parent || r.bodyDiscarded || r.body !== null) return true;
  sendContinue(r);
  const reader = r.connection.takeBodyReader(r);
  if (!reader || reader.done) return true;
  const discarded = new DiscardedBody(r, reader);
  r.connection.receiveBody(discarded);
  r.connection.receiveBody(null);
  r.bodyDiscarded = !discarded.isBroken;
  return r.bodyDiscarded;
}

/** Tells a client that waits for it to send its body (ngx_http_test_expect). */
function sendContinue(r: RequestState): void {
  const { expect } = r.headersIn;
  if (expect === undefined || r.expectTested || r.version < 1001 || expect.toLowerCase() !== '100-continue') return;
  r.expectTested = true;
  r.connection.send('HTTP/1.1 100 Continue\r\n\r\n');
}

/** Throws away what has arrived; the rest is the connection's. */
class DiscardedBody implements BodyReceiver {
  isBroken = false;
  private readonly r: RequestState;
  private readonly reader: BodyReader;

  constructor(r: RequestState, reader: BodyReader) {
    this.r = r;
    this.reader = reader;
  }

  feed(bytes: Buffer, from: number): number {
    this.r.connection.receiveBody(null);
    const end = this.reader.read(bytes, from, () => undefined);
    this.isBroken = end < 0;
    return this.isBroken ? bytes.length : end;
  }

  ended(): void {
    // Whoever answers ends the request.
  }

  timedOut(): void {
    // Nobody waits here.
  }
}

/** Keeps a body's pieces. */
class BodyInMemory implements BodySink {
  private readonly chunks: Buffer[] = [];
  private readonly r: RequestState;

  constructor(r: RequestState) {
    this.r = r;
  }

  take(chunk: Buffer): boolean {
    this.chunks.push(chunk);
    return true;
  }

  end(length: number): RequestBody | null {
    const body = { length, chunks: this.chunks };
    return keepInFile(this.r, body) ? body : null;
  }

  drop(): void {
    this.chunks.length = 0;
  }
}

/** Collects a body as it arrives. */
class ArrivingBody implements BodyReceiver {
  private length = 0;
  private isKept = true;
  private readonly r: RequestState;
  private readonly reader: BodyReader;
  private readonly sink: BodySink;
  private readonly goOn: (body: RequestBody) => void;

  constructor(r: RequestState, reader: BodyReader, sink: BodySink, then: (body: RequestBody) => void) {
    this.r = r;
    this.reader = reader;
    this.sink = sink;
    this.goOn = then;
  }

  start(): void {
    this.r.connection.receiveBody(this);
  }

  /** Takes what belongs to the body; returns the offset behind it. */
  feed(bytes: Buffer, from: number): number {
    const { r } = this;
    const end = this.reader.read(bytes, from, this.take);
    r.requestLength += (end < 0 ? bytes.length : end) - from;
    if (end < 0) {
      r.log('info', 'client sent invalid chunked body');
      this.stop(400);
      return bytes.length;
    }
    const most = r.location.core.clientMaxBodySize;
    if (most !== 0 && this.length > most && r.headersIn.chunked) {
      r.log('error', `client intended to send too large chunked body: ${this.length} bytes`);
      this.stop(413);
      return end;
    }
    if (!this.isKept) this.stop(500);
    else if (this.reader.done) this.finish();
    return end;
  }

  /** The client has stopped sending in the middle. */
  ended(): void {
    this.sink.drop();
    this.r.connection.receiveBody(null);
    this.r.terminate(400);
  }

  timedOut(): void {
    this.stop(408);
  }

  private readonly take = (chunk: Buffer): void => {
    if (this.isKept) this.isKept = this.sink.take(chunk);
    this.length += chunk.length;
  };

  private finish(): void {
    const { r } = this;
    r.connection.receiveBody(null);
    r.body = this.sink.end(this.length);
    if (r.headersIn.chunked) r.headersIn.contentLength = this.length;
    if (r.body) this.goOn(r.body);
    else r.finalize(500);
  }

  private stop(status: number): void {
    this.sink.drop();
    this.r.connection.receiveBody(null);
    this.reader.drop();
    this.r.keepalive = false;
    this.r.finalize(status);
  }
}
