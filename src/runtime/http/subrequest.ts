import { startPhases } from './phases.ts';
import { enqueue, settle } from './postpone.ts';
import type { SubrequestOptions } from './request.ts';
import type { RequestState } from './request-state.ts';

/** Makes `sr` a subrequest of `parent` that begins in a later turn; false when there are too many (ngx_http_subrequest). */
export function startSubrequest(parent: RequestState, sr: RequestState, uri: string, options: SubrequestOptions): boolean {
  if (parent.subrequestsLeft === 0) {
    parent.log('error', `subrequests cycle while processing "${uri}"`);
    return false;
  }
  const { main } = parent;
  const { args = '', headerOnly = false, withoutBody = false, background = false, done = null } = options;
  sr.parent = parent;
  sr.main = main;
  sr.subrequestsLeft = parent.subrequestsLeft - 1;
  sr.method = 'GET';
  sr.requestLine = parent.requestLine;
  sr.unparsedUri = parent.unparsedUri;
  sr.uri = uri;
  sr.args = args;
  sr.version = parent.version;
  sr.headersIn = parent.headersIn;
  sr.host = parent.host;
  sr.client = parent.client;
  sr.remoteAddr = parent.remoteAddr;
  sr.values = parent.values;
  sr.body = withoutBody ? { length: 0, chunks: [] } : parent.body;
  sr.requestLength = parent.requestLength;
  sr.expectTested = true;
  sr.internal = true;
  sr.headerOnly = headerOnly;
  sr.discardsOutput = headerOnly || background;
  sr.isBackground = background;
  sr.whenDone = done;
  main.subrequests ??= new Set();
  main.subrequests.add(sr);
  if (!background) enqueue(parent, sr);
  main.connection.engine.host.clock.soon(() => {
    if (!sr.done) startPhases(sr);
  });
  return true;
}

/** A subrequest has answered (ngx_http_finalize_request, for `r != r->main`). */
export function endSubrequest(sr: RequestState): void {
  const { main } = sr;
  sr.finished = sr.done = true;
  main.subrequests?.delete(sr);
  if (sr.location.core.logSubrequest) for (const handler of sr.location.log) void handler(sr);
  if (!sr.isBackground) settle(sr);
  sr.whenDone?.(sr);
  if (main.finished && main.subrequests?.size === 0) main.complete();
}

/** The request is over before its subrequests are: they stop where they stand. */
export function abandonSubrequests(main: RequestState): void {
  for (const sr of main.subrequests ?? []) {
    sr.done = true;
    const tell = sr.onClientAbort;
    sr.onClientAbort = null;
    tell?.();
  }
  main.subrequests?.clear();
}
