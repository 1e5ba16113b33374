import type { BodyFilter, BodyTransform, HeaderFilter } from '../hooks.ts';
import { checkConditions } from './conditions.ts';
import { copied, pacerFor } from './pace.ts';
import { postpone } from './postpone.ts';
import { cutRanges } from './ranges.ts';
import { discardBody } from './request-body.ts';
import { type Output, type RequestState, SentHeaders } from './request-state.ts';
import { buildHead } from './response-head.ts';

/*
 * The way out: header filters, head, body filters, framing, and what is held back so that a small response leaves in
 * one write (nginx: ngx_http_send_header, ngx_http_output_filter, ngx_http_write_filter).
 */

const nothing: Buffer = Buffer.alloc(0);

/** Runs the header filters and makes the head; false when another response takes the place of this one. */
export function sendHeader(r: RequestState): boolean {
  if (r.headerSent) return true;
  if (!discardBody(r)) {
    r.headersOut = new SentHeaders();
    r.special(400);
    return false;
  }
  if (r.errorStatus !== 0) {
    r.status = r.errorStatus;
    r.headersOut.statusText = '';
  }
  addFilters(r, r.location.firstFilters);
  if (r.done || (!r.parent && !checkConditions(r))) return false;
  addFilters(r, r.location.headerFilters);
  if ((!r.parent || r.slice) && !cutRanges(r)) return false;
  if (!r.parent) chooseFraming(r);
  r.headerSent = true;
  // Before HTTP/1.0 there is no HEAD, and whoever asks so gets a page.
  if (r.method === 'HEAD' && r.version >= 1000) r.headerOnly = true;
  if (r.parent || r.version < 1000) return true;
  r.heldHead = buildHead(r);
  r.headerSize = r.heldHead.length;
  return true;
}

function addFilters(r: RequestState, filters: readonly HeaderFilter[]): void {
  for (const filter of filters) {
    const change = filter(r);
    if (!change) continue;
    if ('transform' in change && change.combined) r.combined.push(change);
    else r.filters.push(change);
  }
}

/** Passes a piece of the body on; false when the client is slow, or others write before. */
export function write(r: RequestState, chunk: Buffer): boolean {
  if (r.done || r.headerOnly || r.bodyEnded) return true;
  if (chunk.length > 0) r.wrote = true;
  pass(r, 0, chunk, false);
  if (r.discardsOutput) return true;
  return r.main.active === r && !r.connection.blocked && !r.filters.some(waits);
}

/** Sends what is held back, by filters too. */
export function flush(r: RequestState): void {
  if (r.filters.length > 0 && !r.bodyEnded && !r.headerOnly) flushFilters(r);
  sendOn(r, true);
}

/** Sends what has passed the filters (nginx: a recycled buffer). */
export function sendHeld(r: RequestState): void {
  sendOn(r, false);
}

/** The body is complete. */
export function endBody(r: RequestState): void {
  if (r.bodyEnded) return;
  if (r.headerOnly) r.filtered = true;
  else pass(r, 0, nothing, true);
  // A filter may have cut the response.
  if (r.done) return;
  r.bodyEnded = true;
  if (!r.parent && r.filtered && !r.postponed?.length) endOutput(r);
}

/** Lets filters go on that have waited for subrequests; false when none did. */
export function resumeFilters(r: RequestState): boolean {
  const at = r.filters.findIndex(waits);
  const filter = r.filters[at];
  if (!filter || !('take' in filter)) return false;
  filter.resume?.((chunk, last) => pass(r, at + 1, chunk, last));
  return true;
}

/** Sends the end of a main request's output, its subrequests' included. */
export function endOutput(r: RequestState): void {
  if (r.outputEnded) return;
  r.outputEnded = true;
  if (r.combined.length > 0 && !r.headerOnly) keep(r, combine(r, nothing, true));
  flushHeld(r, true);
}

/** A whole response at once. */
export function respond(r: RequestState, status: number, contentType: string, body: Buffer | string): void {
  r.status = status;
  r.headersOut.contentType = contentType;
  r.headersOut.contentLength = body.length;
  if (!sendHeader(r) || r.done) return;
  if (typeof body === 'string' && r.filters.length === 0) {
    if (body !== '') r.wrote = true;
    if (!r.headerOnly && !r.bodyEnded) hold(r, body);
  } else {
    write(r, typeof body === 'string' ? Buffer.from(body, 'latin1') : body);
  }
  r.finalize(0);
}

// ngx_http_chunked_header_filter
function chooseFraming(r: RequestState): void {
  const { status, headersOut: out } = r;
  if (status === 304 || status === 204 || status < 200 || r.method === 'HEAD') return;
  if (out.contentLength >= 0 && !r.trailers) return;
  if (r.version >= 1001 && r.location.core.chunkedTransferEncoding) {
    r.chunkedOut = true;
    out.contentLength = -1;
  } else if (out.contentLength < 0) r.keepalive = false;
}

function waits(filter: BodyTransform | BodyFilter): boolean {
  return 'take' in filter && filter.waits === true;
}

/** Sends a chunk through the filters from `from` on. */
function pass(r: RequestState, from: number, chunk: Buffer, last: boolean): void {
  let piece = chunk;
  for (let at = from; at < r.filters.length; at++) {
    if (piece.length === 0 && !last) return;
    const filter = r.filters[at] as BodyTransform | BodyFilter;
    if ('take' in filter) {
      filter.take(piece, last, (next, end) => pass(r, at + 1, next, end));
      return;
    }
    piece = filter.transform(piece, last);
  }
  hold(r, piece);
  if (last) r.filtered = true;
}

/** What each filter holds back goes through those behind it. */
function flushFilters(r: RequestState): void {
  for (const [at, filter] of r.filters.entries()) {
    const piece = 'take' in filter ? nothing : (filter.flush?.() ?? nothing);
    if (piece.length > 0) pass(r, at + 1, piece, false);
  }
}

function flushed(transforms: readonly BodyTransform[]): Buffer {
  let piece = nothing;
  for (const transform of transforms) {
    const passed = piece.length > 0 ? transform.transform(piece, false) : piece;
    const more = transform.flush?.() ?? nothing;
    piece = more.length === 0 ? passed : passed.length === 0 ? more : Buffer.concat([passed, more]);
  }
  return piece;
}

function combine(r: RequestState, chunk: Buffer, last: boolean): Buffer {
  let piece = chunk;
  for (const transform of r.combined) if (piece.length > 0 || last) piece = transform.transform(piece, last);
  return piece;
}

function hold(r: RequestState, piece: Buffer | string): void {
  if (piece.length > 0) sendOn(r, piece);
}

function sendOn(r: RequestState, piece: Output): void {
  if (r.parent || r.postponed) postpone(r, piece);
  else emit(r, piece);
}

/** Sends a piece of a main request's output on. */
export function emit(r: RequestState, piece: Output): void {
  if (typeof piece === 'boolean') {
    if (!r.headerSent || r.done) return;
    if (piece && r.combined.length > 0 && !r.outputEnded && !r.headerOnly) keep(r, flushed(r.combined));
    flushHeld(r, false);
  } else if (r.combined.length === 0) keep(r, piece);
  else keep(r, combine(r, typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece, false));
}

/** Holds a piece until it is worth sending. */
function keep(r: RequestState, piece: Buffer | string): void {
  if (piece.length === 0) return;
  r.held.push(piece);
  r.heldSize += piece.length;
  if (r.heldSize + r.heldHead.length >= r.location.core.postponeOutput && r.heldSize >= 4096) flushHeld(r, false);
}

function flushHeld(r: RequestState, last: boolean): void {
  const { heldSize, held } = r;
  let before = r.heldHead;
  let after = '';
  if (r.chunkedOut && !r.headerOnly) {
    if (heldSize > 0) {
      before += `${heldSize.toString(16)}\r\n`;
      after = last ? `\r\n0\r\n${r.trailers?.() ?? ''}\r\n` : '\r\n';
    } else if (last) {
      after = `0\r\n${r.trailers?.() ?? ''}\r\n`;
    }
  }
  if (before.length + heldSize + after.length === 0) return;
  r.heldHead = '';
  r.heldSize = 0;
  if (heldSize > 0) r.held = [];
  send(r, before, held, heldSize, after);
}

function around(before: string, held: (Buffer | string)[], after: string): (Buffer | string)[] {
  if (before !== '') held.unshift(before);
  if (after !== '') held.push(after);
  return held;
}

function send(r: RequestState, before: string, held: (Buffer | string)[], size: number, after: string): void {
  const { connection } = r;
  const first = held[0];
  r.bytesSent += before.length + size + after.length;
  if (r.paced === undefined) r.paced = pacerFor(r);
  if (r.paced) {
    r.paced.take(copied(around(before, held, after)));
    return;
  }
  if (size === 0) connection.send(before + after);
  else if (held.length === 1 && typeof first === 'string') connection.send(before + first + after);
  else if (held.length === 1 && before.length + after.length === 0) connection.send(first as Buffer);
  else connection.sendAll(around(before, held, after));
}
