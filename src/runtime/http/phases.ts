import type { PhaseHandler, Verdict } from '../hooks.ts';
import type { PlannedLocation } from '../plan/planned.ts';
import { delayed } from './delay.ts';
import { filePath } from './file-path.ts';
import { reportContent, reportLocation, reportRedirect, reportVerdict, search } from './reporting.ts';
import { discardBody } from './request-body.ts';
import type { RequestState } from './request-state.ts';
import { isMsie6 } from './user-agent.ts';

/*
 * The phases of a request (ngx_http_core_run_phases). A phase is a list of handlers, closed over their settings at
 * load; empty lists cost a comparison. `r.phase` and `r.handlerIndex` tell where the request stands, so that it can go
 * on after a promise.
 */

export const phase = {
  postRead: 0,
  serverRewrite: 1,
  findConfig: 2,
  rewrite: 3,
  postRewrite: 4,
  preaccess: 5,
  access: 6,
  postAccess: 7,
  precontent: 8,
  content: 9,
} as const;

const none: readonly PhaseHandler[] = [];

/** Starts at the first phase (ngx_http_handler). */
export function startPhases(r: RequestState): void {
  if (!r.internal) {
    const { connection } = r.headersIn;
    r.keepalive = connection === 'none' ? r.version > 1000 : connection === 'keep-alive';
  }
  restart(r, r.internal ? phase.serverRewrite : phase.postRead);
}

/** Goes on from where the request stands. */
export function runPhases(r: RequestState): void {
  r.running = true;
  while (!r.done && !r.finished && !r.paused) {
    r.restarted = false;
    const due = step(r);
    if (r.restarted) continue;
    if (!due) break;
    r.phase++;
    r.handlerIndex = 0;
  }
  r.running = false;
}

/** One phase, or what is left of it; true when the next one is due. */
function step(r: RequestState): boolean {
  switch (r.phase) {
    case phase.postRead:
      return runHandlers(r, r.server.root.postRead);
    case phase.serverRewrite:
      return runHandlers(r, r.server.root.rewrite);
    case phase.findConfig:
      return findConfig(r);
    case phase.rewrite:
      return runHandlers(r, r.location.kind === 'server' ? none : r.location.rewrite);
    case phase.postRewrite:
      return postRewrite(r);
    case phase.preaccess:
      return runHandlers(r, r.location.preaccess);
    case phase.access:
      // A subrequest is let in: its main request was (ngx_http_core_access_phase).
      return r.parent ? true : runHandlers(r, r.location.access);
    case phase.postAccess:
      return postAccess(r);
    case phase.precontent:
      return runHandlers(r, r.location.precontent);
    default:
      return runContent(r);
  }
}

/** Starts over at another URI (ngx_http_internal_redirect), or jumps to `@name` (ngx_http_named_location). */
export function redirect(r: RequestState, uri: string, args: string): void {
  if (uri.startsWith('@')) {
    jump(r, uri);
    return;
  }
  if (--r.uriChanges === 0) {
    r.log('error', `rewrite or internal redirection cycle while internally redirecting to "${uri}"`);
    r.finalize(500);
    return;
  }
  reportRedirect(r, uri, args);
  r.uri = uri;
  r.args = args;
  r.clearModuleData();
  r.internal = true;
  r.validUnparsedUri = false;
  r.validLocation = true;
  r.addUriToAlias = false;
  enterLocation(r, r.server.root);
  restart(r, phase.serverRewrite);
}

/** Puts a location in force (ngx_http_update_location_config). */
export function enterLocation(r: RequestState, location: PlannedLocation): void {
  const except = location.limitExcept;
  r.location = except && !except.methods.has(r.method) ? except.plan : location;
  if (r.keepalive) updateKeepalive(r);
}

function jump(r: RequestState, name: string): void {
  if (--r.uriChanges === 0) {
    r.log('error', `rewrite or internal redirection cycle while redirect to named location "${name}"`);
    r.finalize(500);
    return;
  }
  if (r.uri === '') {
    r.log('error', `empty URI in redirect to named location "${name}"`);
    r.finalize(500);
    return;
  }
  const location = r.server.named.get(name);
  if (!location) {
    r.log('error', `could not find named location "${name}"`);
    r.finalize(500);
    return;
  }
  r.internal = true;
  r.uriChanged = false;
  r.clearModuleData();
  reportRedirect(r, name, '');
  reportLocation(r, location, 'named');
  enterLocation(r, location);
  restart(r, phase.rewrite);
}

function restart(r: RequestState, at: number): void {
  r.phase = at;
  r.handlerIndex = 0;
  r.paused = false;
  r.restarted = true;
  r.run++;
  if (!r.running) runPhases(r);
}

/** True when a handler has finished the request or sent it elsewhere while it ran. */
function hasLeft(r: RequestState): boolean {
  return r.restarted || r.done || r.finished;
}

/** Runs what is left of a phase; true when the next one is due. */
function runHandlers(r: RequestState, handlers: readonly PhaseHandler[]): boolean {
  while (r.handlerIndex < handlers.length) {
    const handler = handlers[r.handlerIndex++] as PhaseHandler;
    const verdict = handler(r);
    if (typeof verdict === 'object') return wait(r, verdict, handler);
    if (hasLeft(r) || !judge(r, verdict, handler)) return false;
  }
  return true;
}

function wait(r: RequestState, promise: Promise<Verdict>, handler: PhaseHandler): false {
  if (hasLeft(r)) return false;
  const { run } = r;
  r.paused = true;
  void promise.then((verdict) => {
    if (r.done || r.finished || r.run !== run) return;
    r.paused = r.restarted = false;
    r.running = true;
    if (r.phase === phase.content && verdict !== 'declined' && r.location.handler !== handler) reportContent(r, handler);
    const due = r.phase === phase.content ? afterContent(r, verdict) : judge(r, verdict, handler);
    r.running = false;
    if (due || r.restarted) runPhases(r);
  });
  return false;
}

/** What a verdict means in the phase that runs; false when the request is finished or taken over. */
function judge(r: RequestState, verdict: Verdict, handler: PhaseHandler): boolean {
  if (verdict === 'declined') return true;
  reportVerdict(r, verdict, handler);
  if (verdict === 'done') return false;
  if (verdict === 'ok') return judgeOk(r);
  if (r.phase === phase.access && r.location.core.satisfy === 'any' && (verdict === 401 || verdict === 403)) {
    if (r.accessCode !== 401) r.accessCode = verdict;
    return true;
  }
  return refuse(r, verdict);
}

function judgeOk(r: RequestState): boolean {
  if (r.phase === phase.rewrite || r.phase === phase.serverRewrite) {
    r.finalize(0);
    return false;
  }
  if (r.phase === phase.access && r.location.core.satisfy === 'all') return true;
  if (r.phase === phase.access) r.accessCode = 0;
  r.handlerIndex = Infinity;
  return true;
}

// ngx_http_core_find_config_phase
function findConfig(r: RequestState): boolean {
  r.uriChanged = false;
  const { location, redirect: toSlash } = search(r);
  const chosen = location ?? r.server.root;
  reportLocation(r, chosen, location ? chosen.kind : 'none');
  if (chosen.core.internal && !r.internal) return refuse(r, 404);
  enterLocation(r, chosen);
  const most = r.location.core.clientMaxBodySize;
  const { contentLength } = r.headersIn;
  if (contentLength > most && most !== 0 && r.body === null && !r.bodyDiscarded) {
    r.log('error', `client intended to send too large body: ${contentLength} bytes`);
    r.expectTested = true;
    discardBody(r);
    return refuse(r, 413);
  }
  if (!toSlash) return true;
  r.headersOut.location = chosen.escapedName + (r.args === '' ? '' : `?${r.args}`);
  return refuse(r, 301);
}

// ngx_http_core_post_rewrite_phase
function postRewrite(r: RequestState): boolean {
  if (!r.uriChanged) return true;
  if (--r.uriChanges === 0) {
    r.log('error', `rewrite or internal redirection cycle while processing "${r.uri}"`);
    return refuse(r, 500);
  }
  r.location = r.server.root;
  r.phase = phase.findConfig - 1;
  return true;
}

// ngx_http_core_post_access_phase
function postAccess(r: RequestState): boolean {
  const { accessCode } = r;
  if (accessCode === 0) return true;
  r.accessCode = 0;
  if (accessCode === 403) r.log('error', 'access forbidden by rule');
  return refuse(r, accessCode);
}

function runContent(r: RequestState): boolean {
  const { location } = r;
  if (location.handler) {
    reportContent(r, location.handler);
    return settleContent(r, location.handler(r), location.handler);
  }
  while (r.handlerIndex < location.content.length) {
    const handler = location.content[r.handlerIndex++] as PhaseHandler;
    const verdict = handler(r);
    if (verdict !== 'declined' && typeof verdict !== 'object') reportContent(r, handler);
    if (hasLeft(r)) return false;
    if (verdict !== 'declined') return settleContent(r, verdict, handler);
  }
  noContent(r);
  return false;
}

function settleContent(r: RequestState, verdict: Verdict | Promise<Verdict>, handler: PhaseHandler): boolean {
  if (typeof verdict === 'object') return wait(r, verdict, handler);
  return hasLeft(r) ? false : afterContent(r, verdict);
}

function afterContent(r: RequestState, verdict: Verdict): boolean {
  if (verdict === 'done') return false;
  if (verdict === 'declined' && !r.location.handler) return runContent(r);
  if (verdict === 'declined') noContent(r);
  else r.finalize(verdict === 'ok' ? 0 : verdict);
  return false;
}

// ngx_http_core_content_phase
function noContent(r: RequestState): void {
  if (r.uri.endsWith('/')) {
    r.log('error', `directory index of "${filePath(r)}" is forbidden`);
    r.finalize(403);
    return;
  }
  r.log('error', 'no handler found');
  r.finalize(404);
}

function refuse(r: RequestState, status: number): false {
  const { authDelay } = r.location.core;
  const isLate = status === 401 && authDelay > 0 && (r.phase === phase.access || r.phase === phase.postAccess);
  if (isLate) delayUnauthorized(r, authDelay);
  else r.finalize(status);
  return false;
}

// ngx_http_core_auth_delay
function delayUnauthorized(r: RequestState, milliseconds: number): void {
  r.log('info', 'delaying unauthorized request');
  r.paused = true;
  void delayed(r, r.connection.engine.host.clock, milliseconds, 401).then((status) => r.finalize(status));
}

/** Whether the connection may live on is judged by each location that is entered, but not by the server's own level. */
function updateKeepalive(r: RequestState): void {
  const { keepaliveTimeout, keepaliveRequests, keepaliveTime, keepaliveDisable } = r.location.core;
  const { connection } = r;
  if (
    keepaliveTimeout.timeout === 0 ||
    connection.requests >= keepaliveRequests ||
    connection.engine.now() - connection.startedAt > keepaliveTime ||
    (r.headersIn.userAgent !== undefined && isDisabledFor(r, keepaliveDisable.flat()))
  ) {
    r.keepalive = false;
  }
}

function isDisabledFor(r: RequestState, browsers: readonly string[]): boolean {
  const agent = r.headersIn.userAgent ?? '';
  if (browsers.includes('msie6') && r.method === 'POST' && isMsie6(agent)) return true;
  return (
    browsers.includes('safari') &&
    agent.includes('Safari/') &&
    agent.includes('Mac OS X') &&
    !/MSIE |Opera|Gecko\/|Chrome\//.test(agent)
  );
}
