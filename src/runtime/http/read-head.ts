import type { Address } from '../../host/host.ts';
import type { HeadResult, RequestHead } from '../codec/http1-request-head.ts';
import type { RequestLine } from '../codec/http1-request-line.ts';
import type { Event } from '../events.ts';
import type { ServerNames } from '../plan/server-names.ts';
import { isPastOffsets } from './offset.ts';
import { startPhases } from './phases.ts';
import type { ClientConnection, RequestState } from './request-state.ts';
import { normalUri } from './uri.ts';

/*
 * From the bytes of a head to a request that runs (ngx_http_process_request_line, ngx_http_process_request_headers,
 * ngx_http_process_request_header).
 */

/** A connection whose head is to be read. */
export interface HeadConnection extends ClientConnection {
  readonly head: RequestHead;
  readonly point: RequestSource;
  /** The offset of the first byte that is not used. */
  at: number;
  /** `r` runs from now on. */
  begin(r: RequestState): void;
}

/** Who answers at an address. */
export interface RequestSource {
  serversFor(local: Address): ServerNames;
  requestFor(connection: ClientConnection): RequestState;
}

/** Reads a head; false when more bytes are needed. */
export function readHead(connection: HeadConnection, input: Buffer): boolean {
  const { head } = connection;
  const names = connection.point.serversFor(connection.socket.local);
  let result = head.scan(input, input.length, names.limits);
  if (result === 'line') result = head.scan(input, input.length, names.limits);
  if (result === 'again') return false;
  const r = connection.point.requestFor(connection);
  const refusal = fill(r, head, result, input, names);
  connection.at = result === 'done' ? head.end : input.length;
  connection.begin(r);
  report(r, names);
  if (refusal === 0) startPhases(r);
  else r.finalize(refusal);
  return true;
}

/** Fills a request from its head; the status to refuse it with, or 0. */
function fill(r: RequestState, head: RequestHead, result: HeadResult, input: Buffer, names: ServerNames): number {
  const { line } = head;
  if (result === 'bad-line' || result === 'bad-version' || result === 'long-line') {
    const text = input.toString('latin1', line.start, head.reach);
    r.requestLine = result === 'long-line' ? text : (/^[^\r\n]*/.exec(text)?.[0] ?? '');
    if (text.startsWith('HEAD ')) r.method = 'HEAD';
    if (result !== 'long-line') r.version = line.version;
    return result === 'bad-line' ? 400 : result === 'bad-version' ? 505 : 414;
  }
  r.version = line.version;
  const end = result === 'done' ? head.end : head.headers.next;
  const text = input.toString('latin1', line.start, end);
  r.requestLength = end - line.start;
  return fillLine(r, head.line, text, names) || fillHeaders(r, head, text, names) || refusalOf(result) || check(r, names);
}

function refusalOf(result: HeadResult): number {
  return result === 'bad-header' ? 400 : result === 'large-header' ? 494 : 0;
}

function fillLine(r: RequestState, line: RequestLine, text: string, names: ServerNames): number {
  const base = line.start;
  r.requestLine = text.slice(0, line.end - base);
  r.method = text.slice(0, line.methodEnd - base);
  r.headerOnly = r.method === 'HEAD';
  r.unparsedUri = text.slice(line.uriStart - base, line.uriEnd - base);
  r.validUnparsedUri = !line.emptyPath;
  r.plusInUri = line.plus;
  if (line.complex || line.quoted || line.emptyPath) {
    const normal = normalUri(r.unparsedUri, r.server.root.core.mergeSlashes, line.emptyPath);
    if (!normal) return 400;
    r.uri = normal.uri;
    r.args = normal.args;
    r.quotedUri = normal.quoted;
    r.plusInUri ||= normal.uri.includes('+');
  } else if (line.argsStart >= 0) {
    r.uri = text.slice(line.uriStart - base, line.argsStart - 1 - base);
    r.args = text.slice(line.argsStart - base, line.uriEnd - base);
  } else {
    r.uri = r.unparsedUri;
  }
  if (line.hostEnd < 0) return 0;
  return chooseServer(r, text.slice(line.hostStart - base, line.hostEnd - base), names);
}

function fillHeaders(r: RequestState, { headers, line }: RequestHead, text: string, names: ServerNames): number {
  if (line.major === 0) return 0;
  const { headersIn } = r;
  let hostSeen = false;
  for (let index = 0; index < headers.count; index++) {
    const added = headersIn.add(headers, index, text, line.start, r.server.root.core);
    if (added !== true) return added;
    if (hostSeen || headersIn.host === undefined) continue;
    hostSeen = true;
    const refusal = line.hostEnd >= 0 ? checkHost(r, headersIn.host) : chooseServer(r, headersIn.host, names);
    if (refusal !== 0) return refusal;
  }
  return 0;
}

// ngx_http_set_virtual_server
function chooseServer(r: RequestState, host: string, names: ServerNames): number {
  const checked = r.connection.engine.profile.checkHost(host);
  if (checked === undefined) return 400;
  r.host = checked;
  r.server = names.find(checked, r);
  r.location = r.server.root;
  return 0;
}

function checkHost(r: RequestState, host: string): number {
  return r.connection.engine.profile.checkHost(host) === undefined ? 400 : 0;
}

// ngx_http_process_request_header
function check(r: RequestState, names: ServerNames): number {
  const { headersIn } = r;
  if (r.host === '') r.server = names.find('', r);
  if (headersIn.host === undefined && r.version > 1000) return 400;
  if (headersIn.lengthText !== undefined) {
    if (!/^[0-9]+$/.test(headersIn.lengthText) || isPastOffsets(headersIn.lengthText)) return 400;
    headersIn.contentLength = Number(headersIn.lengthText);
  }
  if (headersIn.encodingText !== undefined) {
    if (r.version < 1001) return 400;
    if (headersIn.encodingText.toLowerCase() !== 'chunked') return 501;
    if (headersIn.lengthText !== undefined) return 400;
    headersIn.chunked = true;
  }
  return r.method === 'CONNECT' || r.method === 'TRACE' ? 405 : 0;
}

function report(r: RequestState, names: ServerNames): void {
  const { listener, detail } = r.connection.engine.events;
  if (!listener) return;
  const { id, requestLine, host, unparsedUri: received, uri, args } = r;
  listener({ type: 'request', id, client: r.connection.remoteAddr, requestLine, host, received, uri, args });
  const how = r.server === names.first && names.how !== 'exact' ? 'default' : names.how;
  listener({ type: 'server', id, name: r.server.name, how, at: r.server.at, beats: detail ? beatenBy(r, names) : [] });
}

/** The other servers for the host; what their expressions capture is forgotten. */
function beatenBy(r: RequestState, names: ServerNames): Extract<Event, { type: 'server' }>['beats'] {
  const { captures, values } = r;
  r.values = [...values];
  const others = names.candidates(r.host, r).filter(({ server }) => server !== r.server);
  r.captures = captures;
  r.values = values;
  return others.map(({ server: { name, at }, how }) => ({ name, how, at }));
}
