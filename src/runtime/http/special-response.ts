import { effective } from '../../model/scope.ts';
import type { PlannedErrorPage } from '../plan/planned.ts';
import { forgetRanges } from './changed-body.ts';
import { escapeRefresh } from './escape.ts';
import { removeField } from './header-list.ts';
import { listenerOf } from './reporting.ts';
import { discardBody } from './request-body.ts';
import type { RequestState } from './request-state.ts';
import { padding, pageEnd, pageStart } from './status.ts';
import { isMsie } from './user-agent.ts';

const withoutKeepalive = new Set([400, 413, 414, 495, 496, 497, 500, 501]);

/** Answers with an error page of the configuration or nginx's own (ngx_http_special_response_handler). */
export function specialResponse(r: RequestState, status: number): void {
  r.errorStatus = status;
  if (withoutKeepalive.has(status)) r.keepalive = false;
  r.headersOut.contentType = '';
  const { errorPages, core } = r.location;
  if (errorPages && !r.errorPageUsed && r.uriChanges !== 0) {
    if (!core.recursiveErrorPages) r.errorPageUsed = true;
    const page = errorPages.get(status);
    if (page) {
      sendErrorPage(r, page, status);
      return;
    }
  }
  r.expectTested = true;
  if (!discardBody(r)) r.keepalive = false;
  if (status >= 494 && status <= 497) r.errorStatus = 400;
  if ((status === 301 || status === 302) && wantsRefresh(r)) sendRefresh(r);
  else sendOwnPage(r, status);
}

// ngx_http_send_error_page
function sendErrorPage(r: RequestState, { overwrite, target }: PlannedErrorPage, status: number): void {
  if (overwrite !== 0 && overwrite !== 200) r.expectTested = true;
  if (overwrite >= 0) r.errorStatus = overwrite;
  const uri = target(r);
  const listener = listenerOf(r);
  if (listener) {
    const line = effective(r.location.scope, 'error_page').find(({ directive: { args } }) => args.includes(String(status)));
    listener({ type: 'error-page', id: r.id, at: line?.directive ?? null, status, target: uri });
  }
  if (uri.startsWith('/')) {
    const question = uri.indexOf('?');
    if (r.method !== 'HEAD') r.method = 'GET';
    if (question < 0) {
      r.redirect(uri, '');
      return;
    }
    r.redirect(uri.slice(0, question), uri.slice(question + 1));
    return;
  }
  if (uri.startsWith('@')) {
    r.redirect(uri, '');
    return;
  }
  r.expectTested = true;
  if (!discardBody(r)) r.keepalive = false;
  if (![301, 302, 303, 307, 308].includes(overwrite)) r.errorStatus = 302;
  r.headersOut.location = uri;
  if (wantsRefresh(r)) sendRefresh(r);
  else sendOwnPage(r, r.errorStatus);
}

function wantsRefresh({ location: { core }, headersIn: { userAgent } }: RequestState): boolean {
  return core.msieRefresh && userAgent !== undefined && isMsie(userAgent);
}

/** A page in the place of a redirect (ngx_http_send_refresh). */
function sendRefresh(r: RequestState): void {
  const { location } = r.headersOut;
  r.headersOut.location = '';
  forgetBodyFields(r);
  r.errorStatus = 200;
  const head = `<html><head><meta http-equiv="Refresh" content="0; URL=${escapeRefresh(location)}"></head>`;
  r.respond(200, 'text/html', `${head}<body></body></html>\r\n`);
}

function forgetBodyFields(r: RequestState): void {
  const { headersOut: out } = r;
  out.lastModified = -1;
  removeField(out.list, 'etag');
  forgetRanges(r);
}

// ngx_http_send_special_response
function sendOwnPage(r: RequestState, status: number): void {
  const { core } = r.location;
  const start = pageStart(status);
  forgetBodyFields(r);
  if (start === undefined) {
    r.respond(r.errorStatus, '', '');
    return;
  }
  const page = start + pageEnd(r.connection.engine.serverName(core.serverTokens));
  const padded = core.msiePadding && status >= 400 && r.version >= 1000 && wantsPadding(r.headersIn.userAgent);
  r.respond(r.errorStatus, 'text/html', padded ? page + padding : page);
}

function wantsPadding(agent: string | undefined): boolean {
  if (agent === undefined) return false;
  return isMsie(agent) || (!agent.includes('Opera') && !agent.includes('Gecko/') && agent.includes('Chrome/'));
}
