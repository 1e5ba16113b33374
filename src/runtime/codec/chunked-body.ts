/*
 * An upstream's chunked body (ngx_http_parse_chunked): what belongs to the body is passed on in the pieces it came in.
 */

const At = {
  start: 0,
  size: 1,
  extension: 2,
  sizeEnd: 3,
  data: 4,
  dataEnd: 5,
  dataEndLf: 6,
  lastExtension: 7,
  lastEnd: 8,
  trailer: 9,
  trailerLine: 10,
  trailerEnd: 11,
  done: 12,
} as const;
type At = (typeof At)[keyof typeof At];

/** Undoes chunks as they come. */
export class ChunkedBody {
  private at: At = At.start;
  /** What is left of the size being read or of the chunk being passed. */
  private left = 0;
  /** Bytes after the last chunk that do not belong to the response. */
  excess = 0;

  /** Passes on what `bytes` hold from `start` on. */
  feed(bytes: Buffer, start: number, pass: (piece: Buffer) => void): 'more' | 'done' | 'invalid' {
    const { length } = bytes;
    let i = start;
    while (i < length) {
      if (this.at === At.data) {
        const piece = Math.min(this.left, length - i);
        pass(i === 0 && piece === length ? bytes : bytes.subarray(i, i + piece));
        this.left -= piece;
        i += piece;
        if (this.left === 0) this.at = At.dataEnd;
        continue;
      }
      if (!this.step(bytes[i] as number)) return 'invalid';
      i++;
      if (this.at === At.done) {
        this.excess = length - i;
        return 'done';
      }
    }
    return 'more';
  }

  private step(c: number): boolean {
    switch (this.at) {
      case At.start:
        this.left = 0;
        this.at = At.size;
        return this.digit(c);
      case At.size:
        return this.digit(c) || this.afterSize(c);
      case At.extension:
      case At.lastExtension:
        if (c === 13) this.at = this.at === At.extension ? At.sizeEnd : At.lastEnd;
        else if (c === 10) this.at = this.at === At.extension ? At.data : At.trailer;
        return true;
      case At.sizeEnd:
        this.at = At.data;
        return c === 10;
      case At.dataEnd:
        this.at = c === 13 ? At.dataEndLf : At.start;
        return c === 13 || c === 10;
      case At.dataEndLf:
        this.at = At.start;
        return c === 10;
      case At.lastEnd:
        this.at = At.trailer;
        return c === 10;
      default:
        return this.trailer(c);
    }
  }

  private digit(c: number): boolean {
    const lower = c | 0x20;
    const value = c >= 48 && c <= 57 ? c - 48 : lower >= 97 && lower <= 102 ? lower - 87 : -1;
    if (value < 0 || this.left > 0xff_ffff_ffff) return false;
    this.left = this.left * 16 + value;
    return true;
  }

  private afterSize(c: number): boolean {
    const last = this.left === 0;
    if (c === 13) this.at = last ? At.lastEnd : At.sizeEnd;
    else if (c === 10) this.at = last ? At.trailer : At.data;
    else if (c === 59 || c === 32 || c === 9) this.at = last ? At.lastExtension : At.extension;
    else return false;
    return true;
  }

  private trailer(c: number): boolean {
    if (this.at === At.trailerLine) {
      if (c === 10) this.at = At.trailer;
      return true;
    }
    if (c === 10) this.at = At.done;
    else if (this.at === At.trailerEnd) return false;
    else this.at = c === 13 ? At.trailerEnd : At.trailerLine;
    return true;
  }
}
