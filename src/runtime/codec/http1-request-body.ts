/*
 * Bodies of HTTP/1 messages as they arrive (nginx: ngx_http_request_body_filter, ngx_http_parse_chunked). A reader takes
 * what belongs to it from a buffer and hands it out; it never waits and never keeps bytes.
 */

/** Takes a body out of a stream of bytes. */
export interface BodyReader {
  /** Gives body bytes of `bytes[from…]` to `take`; returns the offset behind what was used, or -1 for a broken body. */
  read(bytes: Buffer, from: number, take: (chunk: Buffer) => void): number;
  /** Nothing more is read; so it is after a broken one. */
  readonly done: boolean;
  /** Nothing more shall be read. */
  drop(): void;
  /** True when the body is known to be incomplete with nothing of it read since; for `Content-Length` only. */
  readonly left: number;
}

/** A body whose length is known. */
export class LengthReader implements BodyReader {
  left: number;

  constructor(length: number) {
    this.left = length;
  }

  get done(): boolean {
    return this.left === 0;
  }

  drop(): void {
    this.left = 0;
  }

  read(bytes: Buffer, from: number, take: (chunk: Buffer) => void): number {
    const end = Math.min(bytes.length, from + this.left);
    if (end > from) {
      this.left -= end - from;
      take(from === 0 && end === bytes.length ? bytes : bytes.subarray(from, end));
    }
    return end;
  }
}

type State =
  | 'size-start'
  | 'size'
  | 'extension'
  | 'size-end'
  | 'data'
  | 'data-end'
  | 'data-lf'
  | 'trailer'
  | 'trailer-line'
  | 'trailer-lf'
  | 'last-lf'
  | 'done';

const cr = 0x0d;
const lf = 0x0a;
const largest = 2 ** 50;

/** `Transfer-Encoding: chunked`; extensions and trailers are skipped. */
export class ChunkedReader implements BodyReader {
  left = -1;
  private state: State = 'size-start';
  private size = 0;
  private readonly bareLf: boolean;

  /** `bareLf`: before 1.29.4 nginx took LF alone for a line end. */
  constructor(bareLf: boolean) {
    this.bareLf = bareLf;
  }

  get done(): boolean {
    return this.state === 'done';
  }

  drop(): void {
    this.state = 'done';
  }

  read(bytes: Buffer, from: number, take: (chunk: Buffer) => void): number {
    let at = from;
    while (at < bytes.length && this.state !== 'done') {
      if (this.state === 'data') {
        const end = Math.min(bytes.length, at + this.size);
        take(at === 0 && end === bytes.length ? bytes : bytes.subarray(at, end));
        this.size -= end - at;
        at = end;
        if (this.size === 0) this.state = 'data-end';
        continue;
      }
      const next = this.step(bytes[at++] as number);
      if (next === undefined) {
        this.drop();
        return -1;
      }
      this.state = next;
    }
    return at;
  }

  private step(byte: number): State | undefined {
    switch (this.state) {
      case 'size-start':
      case 'size':
        return this.sizeByte(byte);
      case 'extension':
        return byte === cr ? 'size-end' : byte === lf ? this.bare(this.afterSize()) : 'extension';
      case 'size-end':
        return byte === lf ? this.afterSize() : undefined;
      case 'data-end':
        return byte === cr ? 'data-lf' : byte === lf ? this.bare('size-start') : undefined;
      case 'data-lf':
        return byte === lf ? 'size-start' : undefined;
      default:
        return this.trailerByte(byte);
    }
  }

  private trailerByte(byte: number): State | undefined {
    switch (this.state) {
      case 'trailer':
        return byte === cr ? 'last-lf' : byte === lf ? this.bare('done') : 'trailer-line';
      case 'trailer-line':
        return byte === cr ? 'trailer-lf' : byte === lf ? this.bare('trailer') : 'trailer-line';
      case 'trailer-lf':
        return byte === lf ? 'trailer' : undefined;
      case 'last-lf':
        return byte === lf ? 'done' : undefined;
      default:
        return undefined;
    }
  }

  private sizeByte(byte: number): State | undefined {
    const digit = hex(byte);
    if (digit >= 0) {
      this.size = this.state === 'size-start' ? digit : this.size * 16 + digit;
      return this.size > largest ? undefined : 'size';
    }
    if (this.state === 'size-start') return undefined;
    if (byte === cr) return 'size-end';
    if (byte === lf) return this.bare(this.afterSize());
    return byte === 0x3b || byte === 0x20 || byte === 0x09 ? 'extension' : undefined;
  }

  private afterSize(): State {
    return this.size === 0 ? 'trailer' : 'data';
  }

  private bare(state: State): State | undefined {
    return this.bareLf ? state : undefined;
  }
}

function hex(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** Pieces of a body as one chunk, the last ones with what ends it (ngx_http_proxy_body_output_filter). */
export function encodeChunk(pieces: readonly Buffer[], last: boolean): readonly Buffer[] {
  const size = pieces.reduce((sum, { length }) => sum + length, 0);
  const before = size > 0 ? `${size.toString(16)}\r\n` : '';
  const behind = `${size > 0 ? '\r\n' : ''}${last ? '0\r\n\r\n' : ''}`;
  return before + behind === '' ? [] : [Buffer.concat([Buffer.from(before, 'latin1'), ...pieces, Buffer.from(behind, 'latin1')])];
}
