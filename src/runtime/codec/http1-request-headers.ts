import { again, refused } from './http1-request-line.ts';

const cr = 0x0d;
const lf = 0x0a;
const space = 0x20;
const colon = 0x3a;

/** A name has a byte that nginx calls invalid; the line is dropped unless `ignore_invalid_headers` is off. */
export const invalidName = 1;
/** A name has `_`; the same, unless `underscores_in_headers` is on. */
export const underscoreInName = 2;

/** Numbers kept for each line: name from and to, value from and to, marks. */
export const fieldsOfLine = 5;

/**
 * The lines between the request line and the body, as offsets (nginx: ngx_http_parse_header_line). Made once for each
 * connection; `scan` goes on where it stopped.
 */
export class HeaderLines {
  count = 0;
  offsets = new Int32Array(32 * fieldsOfLine);
  /** Where the next line starts; the offset behind the empty line when all are read. */
  next = 0;
  private value = 0;
  private valueEnd = 0;
  private marks = 0;

  restart(from: number): void {
    this.count = 0;
    this.next = from;
  }

  /** Reads lines up to the empty one: the offset behind it, `again` or `refused`. */
  scan(bytes: Buffer, end: number): number {
    for (;;) {
      const from = this.next;
      if (from >= end) return again;
      const first = bytes[from];
      if (first === lf) return from + 1;
      if (first === cr) {
        if (from + 1 >= end) return again;
        return bytes[from + 1] === lf ? from + 2 : refused;
      }
      const nameEnd = this.scanName(bytes, from, end);
      if (nameEnd < 0) return nameEnd;
      const next =
        bytes[nameEnd] === colon ? this.scanValue(bytes, nameEnd + 1, end) : this.lineEnd(bytes, nameEnd, nameEnd, nameEnd, end);
      if (next < 0) return next;
      this.add(from, nameEnd);
      this.next = next;
    }
  }

  private scanName(bytes: Buffer, from: number, end: number): number {
    let at = from;
    this.marks = 0;
    for (; at < end; at++) {
      const byte = bytes[at] as number;
      if (plainName[byte]) continue;
      if (byte === colon) return at === from ? refused : at;
      if (byte === cr || byte === lf) return at;
      if (byte <= space || byte === 0x7f) return refused;
      this.marks |= byte === 0x5f ? underscoreInName : invalidName;
    }
    return again;
  }

  private scanValue(bytes: Buffer, from: number, end: number): number {
    let at = from;
    while (at < end && bytes[at] === space) at++;
    const start = at;
    let last = at;
    for (; at < end; at++) {
      const byte = bytes[at] as number;
      if (byte > space) last = at + 1;
      else if (byte === cr || byte === lf) return this.lineEnd(bytes, start, last, at, end);
      else if (byte === 0) return refused;
      else if (byte !== space) last = at + 1;
    }
    return again;
  }

  private lineEnd(bytes: Buffer, start: number, last: number, from: number, end: number): number {
    let at = from;
    while (at < end && bytes[at] === cr) at++;
    if (at >= end) return again;
    if (bytes[at] !== lf) return refused;
    this.value = start;
    this.valueEnd = last;
    return at + 1;
  }

  private add(name: number, nameEnd: number): void {
    const at = this.count++ * fieldsOfLine;
    if (at + fieldsOfLine > this.offsets.length) {
      const grown = new Int32Array(this.offsets.length * 2);
      grown.set(this.offsets);
      this.offsets = grown;
    }
    const { offsets } = this;
    offsets[at] = name;
    offsets[at + 1] = nameEnd;
    offsets[at + 2] = this.value;
    offsets[at + 3] = this.valueEnd;
    offsets[at + 4] = this.marks;
  }
}

const plainName = Uint8Array.from({ length: 256 }, (_, byte) => (/[0-9A-Za-z-]/.test(String.fromCharCode(byte)) ? 1 : 0));
