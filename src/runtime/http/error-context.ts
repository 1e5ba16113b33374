import type { RequestState } from './request-state.ts';

/** What nginx writes behind a message of the error log: client, server, request, host (ngx_http_log_error_handler). */
export function errorContext(r: RequestState): string {
  let text = `, client: ${r.remoteAddr}, server: ${r.server.name}`;
  if (r.requestLine !== '') text += `, request: "${r.requestLine}"`;
  if (r.parent) text += `, subrequest: "${r.uri}"`;
  if (r.upstreamUrl !== '') text += `, upstream: "${r.upstreamUrl}"`;
  const { host } = r.headersIn;
  if (host !== undefined) text += `, host: "${host}"`;
  const referrer = r.headersIn.get('referer');
  return referrer === undefined ? text : `${text}, referrer: "${referrer}"`;
}
