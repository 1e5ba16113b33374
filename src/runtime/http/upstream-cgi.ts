import type { HeadProgress } from './upstream-cached.ts';
import { FramedUpstreamRequest } from './upstream-framed.ts';

/** A request to an SCGI or uwsgi server: params, then the body as it is; one connection for each (ngx_http_scgi_module's side of the wire). */
export class CgiUpstreamRequest extends FramedUpstreamRequest {
  readonly uri = '';
  /** Everything before the body; set before `start`. */
  packet = '';
  /** True when a `Status: 418` gets nginx's own reason, if it has one (1.25.3). */
  addsReason = true;

  protected requestHead(): string {
    return this.packet;
  }

  protected requestBody(chunks: readonly Buffer[]): readonly Buffer[] {
    return chunks;
  }

  /** ngx_http_scgi_process_status_line, ngx_http_scgi_process_header */
  protected headBytes(chunk: Buffer): HeadProgress {
    const { head, conf } = this;
    const bytes = this.pending ? Buffer.concat([this.pending, chunk]) : chunk;
    this.pending = bytes;
    const verdict = head.parseCgi(bytes, true);
    if (verdict === 'more') return bytes.length >= conf.bufferSize ? 'too-big' : 'more';
    if (verdict !== 'done') return 'invalid';
    if (head.length > conf.bufferSize) return 'too-big';
    if (head.statusText.length === 3 && this.addsReason) head.statusText = '';
    // Chunks are passed on as they are.
    head.chunked = false;
    this.bodyStart = head.length;
    return 'done';
  }

  protected readonly mayKeep = false;

  protected bodyless(): boolean {
    return this.head.status === 204 || this.head.status === 304;
  }
}
