import { fieldsOfLine, HeaderLines } from './http1-request-headers.ts';
import { again, badVersion, type ConnectTarget, RequestLine, refused } from './http1-request-line.ts';

/** The buffers that a request's head must fit into, as nginx accounts for them. */
export interface HeadLimits {
  /** client_header_buffer_size */
  readonly first: number;
  /** large_client_header_buffers */
  readonly count: number;
  readonly size: number;
}

export type HeadResult = 'again' | 'line' | 'done' | 'bad-line' | 'bad-version' | 'bad-header' | 'long-line' | 'large-header';

/**
 * Scans one request's head as its bytes arrive. Offsets count from the start of the buffer it is given; when the
 * caller joins more bytes to the same start, scanning goes on where it stopped.
 */
export class RequestHead {
  readonly line: RequestLine;
  readonly headers = new HeaderLines();
  /** The offset behind the head, when it is done. */
  end = 0;
  /** Of a line that is refused: the offset behind the last byte of it that found room. */
  reach = 0;
  private lineDone = false;
  private from = 0;
  private base = 0;
  private capacity = 0;
  private busy = 0;
  /** Header lines whose room is accounted for. */
  private fitted = 0;

  constructor(connect?: ConnectTarget) {
    this.line = new RequestLine(connect);
  }

  /** Begins a request at offset `from`. */
  restart(from: number): void {
    this.from = from;
    this.lineDone = false;
    this.base = from;
    this.capacity = 0;
    this.busy = this.fitted = 0;
  }

  /** True when not a byte of the request line has been seen. */
  get untouched(): boolean {
    return !this.lineDone && !this.line.started;
  }

  /** `line` is returned once, when the request line is complete; call again for the headers. */
  scan(bytes: Buffer, end: number, limits: HeadLimits): HeadResult {
    return this.lineDone ? this.scanHeaders(bytes, end, limits) : this.scanLine(bytes, end, limits);
  }

  private scanLine(bytes: Buffer, end: number, limits: HeadLimits): HeadResult {
    const { line } = this;
    const next = line.scan(bytes, this.from, end);
    if (next === refused || next === badVersion) return this.refusalOfLine(bytes, end, limits);
    const upTo = next >= 0 ? next : end;
    if (upTo - this.base > limits.first && line.started && !this.fits(line.start, upTo, limits)) {
      this.reach = this.full(limits);
      return 'long-line';
    }
    if (next === again) return 'again';
    this.lineDone = true;
    this.end = next;
    this.headers.restart(next);
    return line.major === 0 ? 'done' : 'line';
  }

  /** A bad byte counts if it found room; nginx reads no further than its buffers hold. */
  private refusalOfLine(bytes: Buffer, end: number, limits: HeadLimits): HeadResult {
    const { line } = this;
    for (;;) {
      const full = this.full(limits);
      this.reach = Math.min(full, end);
      const result = line.scan(bytes, this.from, this.reach);
      if (result === refused) return 'bad-line';
      if (result === badVersion) return 'bad-version';
      if (!this.fits(line.start, full + 1, limits)) return 'long-line';
    }
  }

  /** The offset behind the buffer in use. */
  private full({ first }: HeadLimits): number {
    return this.base + (this.capacity || first);
  }

  private scanHeaders(bytes: Buffer, end: number, limits: HeadLimits): HeadResult {
    const { headers } = this;
    const next = headers.scan(bytes, end);
    const upTo = next >= 0 ? next : end;
    if (upTo > this.full(limits) && !this.headersFit(upTo, limits)) {
      headers.count = this.fitted;
      return 'large-header';
    }
    if (next === again) return 'again';
    if (next === refused) return 'bad-header';
    this.end = next;
    return 'done';
  }

  private headersFit(upTo: number, limits: HeadLimits): boolean {
    const { offsets, count, next } = this.headers;
    for (; this.fitted < count; this.fitted++) {
      const start = offsets[this.fitted * fieldsOfLine] as number;
      const end = this.fitted + 1 < count ? (offsets[(this.fitted + 1) * fieldsOfLine] as number) : next;
      if (!this.fits(start, end, limits)) return false;
    }
    return this.fits(next, upTo, limits);
  }

  /** True when the bytes of one line up to `end` find room: a line that crosses the end of a buffer moves to the next one. // ngx_http_alloc_large_header_buffer */
  private fits(start: number, end: number, limits: HeadLimits): boolean {
    while (end > this.full(limits)) {
      const full = this.full(limits);
      if (full - start >= limits.size || this.busy >= limits.count) return false;
      this.busy++;
      this.base = Math.min(start, full);
      this.capacity = limits.size;
    }
    return true;
  }
}
