import { parseNumber } from '../../schema/values/number.ts';
import { ResponseHead } from '../codec/http1-response.ts';
import type { HeadProgress } from './upstream-cached.ts';
import { UpstreamRequest } from './upstream-request.ts';

/** What is asked for: made once for all attempts. */
export interface MemcachedMessage {
  /** Escaped. */
  readonly key: string;
  /** The bits that say that a value is compressed; 0 when flags are not looked at. */
  readonly gzipFlag: number;
}

const trailer = Buffer.from('\r\nEND\r\n', 'latin1');
const nothing: MemcachedMessage = { key: '', gzipFlag: 0 };

/** A `get` of one key from memcached (ngx_http_memcached_module's side of the wire). */
export class MemcachedUpstreamRequest extends UpstreamRequest {
  readonly head = new ResponseHead();
  readonly uri = '';
  /** What goes out; set before `start`. */
  message: MemcachedMessage = nothing;
  private pending: Buffer | null = null;
  /** Bytes of the value still to come, and of what stands behind it those that have. */
  private left = 0;
  private ended = 0;

  protected requestHead(): string {
    return `get ${this.message.key}\r\n`;
  }

  protected requestBody(chunks: readonly Buffer[]): readonly Buffer[] {
    return chunks;
  }

  protected reset(): void {
    this.head.reset();
    this.pending = null;
    this.ended = 0;
  }

  /** ngx_http_memcached_process_header */
  protected headBytes(chunk: Buffer): HeadProgress {
    const { head, conf } = this;
    const bytes = this.pending ? Buffer.concat([this.pending, chunk]) : chunk;
    this.pending = bytes;
    const end = bytes.indexOf(10);
    if (end < 0 || end >= conf.bufferSize) return bytes.length >= conf.bufferSize ? 'too-big' : 'more';
    head.length = end + 1;
    const line = bytes.toString('latin1', 0, end);
    if (!line.endsWith('\r')) return this.invalid(line);
    return this.readLine(line.slice(0, -1));
  }

  /** `VALUE key flags length`, or `END` for a key that is not there. */
  private readLine(line: string): HeadProgress {
    const { head, message } = this;
    if (line === 'END') {
      this.log('info', `key: "${message.key}" was not found by memcached`);
      head.status = 404;
      head.contentLength = 0;
      this.keepalive = true;
      return 'done';
    }
    if (!line.startsWith('VALUE ')) return this.invalid(line);
    if (!line.startsWith(message.key, 6)) return this.invalid(line, 'key');
    const [space, flags, length] = [line[6 + message.key.length], ...line.slice(7 + message.key.length).split(/ (.*)/s, 2)];
    if (space !== ' ' || flags === undefined || length === undefined) return this.invalid(line);
    if (message.gzipFlag !== 0 && parseNumber(flags) === undefined) return this.invalid(line, 'flags');
    if (!/^\d{1,15}$/.test(length)) return this.invalid(line, 'length');
    if (message.gzipFlag !== 0 && (BigInt(flags) & BigInt(message.gzipFlag)) !== 0n)
      this.r.headersOut.list.push('Content-Encoding', 'gzip');
    head.status = 200;
    head.contentLength = Number(length);
    return 'done';
  }

  private invalid(line: string, what?: string): 'invalid' {
    this.head.problem =
      what === undefined
        ? `memcached sent invalid response: "${line}"`
        : `memcached sent invalid ${what} in response "${line}" for key "${this.message.key}"`;
    return 'invalid';
  }

  /** ngx_http_memcached_filter_init */
  protected bodyStarts(): void {
    const { pending, head } = this;
    this.pending = null;
    this.left = head.contentLength;
    const early = pending ? pending.length - head.length : 0;
    if (early > 0) this.takeBody((pending as Buffer).subarray(head.length));
  }

  /** ngx_http_memcached_filter */
  protected bodyBytes(chunk: Buffer): void {
    const value = Math.min(this.left, chunk.length);
    this.left -= value;
    const behind = chunk.length - value;
    if (value > 0) this.pipe?.pass(behind === 0 ? chunk : chunk.subarray(0, value), true, false);
    if (behind === 0) return;
    const expected = trailer.subarray(this.ended, this.ended + behind);
    this.ended += behind;
    if (chunk.compare(expected, 0, expected.length, value) !== 0) this.log('error', 'memcached sent invalid trailer');
    else if (this.ended < trailer.length) return;
    else this.keepalive = true;
    this.bodyDone();
  }

  protected bodyMayEnd(): boolean {
    return false;
  }

  protected get keepsNothing(): boolean {
    return this.pending === null;
  }

  takeEarly(): Buffer | null {
    return null;
  }
}
