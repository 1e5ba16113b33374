import { encodeChunk } from '../codec/http1-request-body.ts';
import type { HeadProgress } from './upstream-cached.ts';
import { FramedUpstreamRequest } from './upstream-framed.ts';

/** What goes out: made once for all attempts. */
export interface Http1Message {
  /** The URI of the request line. */
  readonly uri: string;
  readonly head: string;
  /** True when the method sent is HEAD: the response has no body. */
  readonly headOnly: boolean;
  /** True when the body goes out in chunks: its length is not known yet. */
  readonly chunked: boolean;
}

const nothing: Http1Message = { uri: '', head: '', headOnly: false, chunked: false };

/** A request to an HTTP/1 upstream (ngx_http_proxy_module's side of the wire). */
export class Http1UpstreamRequest extends FramedUpstreamRequest {
  /** `$proxy_host` and `$proxy_port`, for this request. */
  proxyHost = '';
  proxyPort = '';
  /** What goes out; set before `start`. */
  message: Http1Message = nothing;

  get uri(): string {
    return this.message.uri;
  }

  protected requestHead(): string {
    return this.message.head;
  }

  protected requestBody(chunks: readonly Buffer[], last: boolean): readonly Buffer[] {
    return this.message.chunked ? encodeChunk(chunks, last) : chunks;
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

  protected get mayKeep(): boolean {
    return !this.head.close;
  }

  protected bodyless(): boolean {
    return this.message.headOnly || this.head.status === 204 || this.head.status === 304;
  }
}
