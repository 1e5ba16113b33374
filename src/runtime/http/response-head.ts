import { httpDate } from '../engine.ts';
import { fieldOf } from './header-list.ts';
import type { RequestState } from './request-state.ts';
import { statusLine } from './status.ts';

/** Writes a response's head as nginx orders it (ngx_http_header_filter). */
export function buildHead(r: RequestState): string {
  const out = r.headersOut;
  const { core } = r.location;
  const { engine } = r.connection;
  if (r.status === 204 && out.statusText === '') {
    out.contentType = '';
    out.lastModified = out.contentLength = -1;
  }
  if (r.status === 204 || r.status === 304) r.headerOnly = true;
  if (r.connection.exiting) r.keepalive = false;
  let head = out.statusText === '' ? statusLine(r.status) : `HTTP/1.1 ${out.statusText}\r\n`;
  if (!out.ownServer && !out.ownDate) head += engine.serverAndDate(core.serverTokens);
  else head += ownedDate(r);
  if (out.contentType !== '') head += `Content-Type: ${out.contentType}\r\n`;
  if (out.contentLength >= 0) head += `Content-Length: ${out.contentLength}\r\n`;
  if (
    out.lastModified !== -1 &&
    (r.status === 200 || r.status === 206 || r.status === 304) &&
    fieldOf(out.list, 'last-modified') === undefined
  ) {
    head += `Last-Modified: ${httpDate(out.lastModified)}\r\n`;
  }
  const absolute = out.location.startsWith('/') && core.absoluteRedirect;
  // Logs show it as it leaves.
  if (absolute) out.location = origin(r) + out.location;
  const { location } = out;
  if (absolute) head += `Location: ${location}\r\n`;
  if (r.chunkedOut) head += 'Transfer-Encoding: chunked\r\n';
  head += connectionLine(r);
  if (r.gzipVary && core.gzipVary) head += 'Vary: Accept-Encoding\r\n';
  if (location !== '' && !absolute) head += `Location: ${location}\r\n`;
  const { list } = out;
  for (let at = 0; at < list.length; at += 2) head += `${list[at]}: ${list[at + 1]}\r\n`;
  return `${head}\r\n`;
}

function ownedDate(r: RequestState): string {
  const { ownServer, ownDate } = r.headersOut;
  const { engine } = r.connection;
  if (ownServer) return ownDate ? '' : engine.dateLine();
  return `Server: ${engine.serverName(r.location.core.serverTokens)}\r\n`;
}

function connectionLine(r: RequestState): string {
  if (r.status === 101) return 'Connection: upgrade\r\n';
  if (!r.keepalive) return 'Connection: close\r\n';
  const { header } = r.location.core.keepaliveTimeout;
  return header === 0 ? 'Connection: keep-alive\r\n' : `Connection: keep-alive\r\nKeep-Alive: timeout=${header}\r\n`;
}

/** `http://host:port` of this server, for redirects. The port is the socket's own. */
function origin(r: RequestState): string {
  const { core } = r.location;
  const { local } = r;
  const port = core.portInRedirect && local.kind === 'ip' && local.port !== 80 ? `:${local.port}` : '';
  return `http://${hostForRedirect(r)}${port}`;
}

function hostForRedirect(r: RequestState): string {
  if (r.location.core.serverNameInRedirect) return r.server.name;
  if (r.host !== '') return r.host;
  const { local } = r;
  if (local.kind === 'unix') return `unix:${local.path}`;
  return local.host.includes(':') ? `[${local.host}]` : local.host;
}
