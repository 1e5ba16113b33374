import type { BodyTransform } from '../hooks.ts';
import { fieldOf, removeField } from './header-list.ts';
import { parseHttpTime } from './http-time.ts';
import { isPastOffsets } from './offset.ts';
import type { RequestState } from './request-state.ts';

/*
 * Ranges of responses whose length is known (ngx_http_range_header_filter, ngx_http_range_body_filter). They belong to
 * responses that set `allowRanges`: static files, and what is passed on with `…_force_ranges`.
 */

const nothing = Buffer.alloc(0);

interface Range {
  readonly start: number;
  /** Behind the last byte. */
  readonly end: number;
}

/** Turns a 200 into 206, or tells clients that they may ask; false when the request has been answered with 416. */
export function cutRanges(r: RequestState): boolean {
  const { headersOut: out } = r;
  const { maxRanges } = r.location.core;
  if (!r.allowRanges || r.version < 1000 || r.status !== 200 || out.contentLength < 0 || maxRanges === 0) return true;
  if (r.parent) {
    if (r.main.cut) show(r, r.main.cut);
    return true;
  }
  const field = r.headersIn.get('range');
  const ranges =
    field !== undefined && isWanted(r) ? parseRanges(field, out.contentLength, r.singleRange ? 1 : maxRanges) : 'all';
  if (ranges === 'all') {
    out.list.push('Accept-Ranges', 'bytes');
    return true;
  }
  if (ranges === 'unsatisfiable') return refuseRanges(r);
  r.status = 206;
  out.statusText = '';
  const [only] = ranges;
  if (ranges.length === 1 && only) single(r, only);
  else multipart(r, ranges);
  return true;
}

/** If-Range: the client's copy must be this one. */
function isWanted(r: RequestState): boolean {
  const condition = r.headersIn.get('if-range');
  if (condition === undefined) return true;
  const { list } = r.headersOut;
  if (condition.length >= 2 && condition.endsWith('"')) {
    return fieldOf(list, 'etag') === condition;
  }
  const lastModified = modifiedAt(r);
  return lastModified !== -1 && parseHttpTime(condition) === lastModified;
}

/** As the handler says, or the upstream's field. */
function modifiedAt({ headersOut: { list, lastModified } }: RequestState): number {
  return lastModified === -1 ? parseHttpTime(fieldOf(list, 'last-modified') ?? '') : lastModified;
}

// ngx_http_range_parse
function parseRanges(field: string, length: number, most: number): readonly Range[] | 'all' | 'unsatisfiable' {
  if (field.length < 7 || field.slice(0, 6).toLowerCase() !== 'bytes=') return 'all';
  const ranges: Range[] = [];
  let size = 0;
  for (const part of field.slice(6).split(',')) {
    const match = /^ *(?:([0-9]+) *- *([0-9]*)|-([0-9]+)) *$/.exec(part);
    if (!match || match.slice(1).some((digits) => digits !== undefined && isPastOffsets(digits))) return 'unsatisfiable';
    const range = rangeOf(match[1], match[2], match[3], length);
    if (range.start < range.end) {
      size += range.end - range.start;
      ranges.push(range);
      if (ranges.length > most) return 'all';
    } else if (range.start === 0) {
      return 'all';
    }
  }
  if (ranges.length === 0) return 'unsatisfiable';
  return ranges.length > 1 && size > length ? 'all' : ranges;
}

function rangeOf(first: string | undefined, last: string | undefined, suffix: string | undefined, length: number): Range {
  if (suffix !== undefined) return { start: Math.max(0, length - Number(suffix)), end: length };
  return { start: Number(first), end: last === '' ? length : Math.min(Number(last) + 1, length) };
}

// ngx_http_range_not_satisfiable
function refuseRanges(r: RequestState): false {
  const { headersOut: out } = r;
  removeField(out.list, 'content-range');
  out.list.push('Content-Range', `bytes */${out.contentLength}`);
  out.contentLength = -1;
  r.special(416);
  return false;
}

function single(r: RequestState, range: Range): void {
  const { headersOut: out } = r;
  const { start, end } = range;
  r.cut = range;
  removeField(out.list, 'content-range');
  out.list.push('Content-Range', `bytes ${start}-${end - 1}/${out.contentLength}`);
  out.contentLength = end - start;
  show(r, range);
}

/** Of the whole, or of the slice of it that `r` has, the client sees a part. */
function show(r: RequestState, { start, end }: Range): void {
  const offset = r.slice?.offset ?? 0;
  if (!r.headerOnly && r.method !== 'HEAD')
    r.filters.unshift(new CutOut([{ start: start - offset, end: end - offset, before: '' }], ''));
}

function multipart(r: RequestState, ranges: readonly Range[]): void {
  const { headersOut: out } = r;
  removeField(out.list, 'content-range');
  const boundary = String(r.connection.engine.boundary++).padStart(20, '0');
  const type = out.contentType === '' ? '' : `Content-Type: ${out.contentType}\r\n`;
  const total = out.contentLength;
  const parts = ranges.map(({ start, end }) => ({
    start,
    end,
    before: `\r\n--${boundary}\r\n${type}Content-Range: bytes ${start}-${end - 1}/${total}\r\n\r\n`,
  }));
  const after = `\r\n--${boundary}--\r\n`;
  out.contentType = `multipart/byteranges; boundary=${boundary}`;
  out.contentLength = parts.reduce((sum, { start, end, before }) => sum + before.length + end - start, after.length);
  if (r.method !== 'HEAD') r.filters.unshift(new CutOut(parts, after));
}

/** What of a body goes out: each part behind a text of its own. */
export interface Part extends Range {
  readonly before: string;
}

/** The parts that are to be sent, and what stands behind them. */
export interface Parts {
  readonly parts: readonly Part[];
  readonly after: string;
}

/** The parts of a body whose sender gives nothing but them from now on; null when all of it is to be sent. */
export function takeParts(r: RequestState): Parts | null {
  const [first] = r.filters;
  if (!(first instanceof CutOut)) return null;
  r.filters.shift();
  return first;
}

/** Lets parts through. Those that are in order leave as they come; for others the whole body is waited for. */
class CutOut implements BodyTransform, Parts {
  readonly parts: readonly Part[];
  readonly after: string;
  private readonly inOrder: boolean;
  private readonly kept: Buffer[] = [];
  private at = 0;
  private next = 0;
  private opened = false;

  constructor(parts: readonly Part[], after: string) {
    this.parts = parts;
    this.after = after;
    this.inOrder = parts.every(({ start }, index) => start >= (parts[index - 1]?.end ?? start));
  }

  transform(chunk: Buffer, last: boolean): Buffer {
    if (this.inOrder) return joined(this.cut(chunk, last));
    this.kept.push(chunk);
    if (!last) return nothing;
    const body = Buffer.concat(this.kept);
    const pieces = this.parts.flatMap(({ start, end, before }) => [Buffer.from(before, 'latin1'), body.subarray(start, end)]);
    return Buffer.concat([...pieces, Buffer.from(this.after, 'latin1')]);
  }

  private cut(chunk: Buffer, last: boolean): Buffer[] {
    const from = this.at;
    const to = (this.at += chunk.length);
    const pieces: Buffer[] = [];
    for (let part = this.parts[this.next]; part && part.start < to; part = this.parts[this.next]) {
      if (!this.opened && part.before !== '') pieces.push(Buffer.from(part.before, 'latin1'));
      pieces.push(chunk.subarray(Math.max(0, part.start - from), Math.max(0, part.end - from)));
      this.opened = part.end > to;
      if (this.opened) break;
      this.next++;
    }
    if (last && this.after !== '') pieces.push(Buffer.from(this.after, 'latin1'));
    return pieces;
  }
}

function joined(pieces: readonly Buffer[]): Buffer {
  return pieces.length > 1 ? Buffer.concat(pieces) : (pieces[0] ?? nothing);
}
