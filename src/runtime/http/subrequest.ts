import { runPhases, startPhases } from './phases.ts';
import { enqueue } from './postpone.ts';
import type { SubrequestOptions } from './request.ts';
import { RequestState } from './request-state.ts';
import { resumeFilters } from './response.ts';

/** Makes `sr` a subrequest of `parent` that begins in a later turn; false when there are too many (ngx_http_subrequest). */
export function startSubrequest(parent: RequestState, sr: RequestState, uri: string, options: SubrequestOptions): boolean {
  if (parent.subrequestsLeft === 0) {
    parent.log('error', `subrequests cycle while processing "${uri}"`);
    return false;
  }
  if (parent.collected) {
    parent.log('error', `nested in-memory subrequest "${uri}"`);
    return false;
  }
  const { main } = parent;
  const { args = '', method = 'GET', clone = false, headerOnly = false, withoutBody = false, inMemory = false } = options;
  // What a background request includes is not seen either.
  const background = options.background === true || parent.isBackground;
  sr.parent = parent;
  sr.main = main;
  sr.subrequestsLeft = parent.subrequestsLeft - 1;
  sr.method = method;
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
  sr.collected = inMemory ? Buffer.alloc(0) : null;
  sr.discardsOutput = headerOnly || background || inMemory;
  sr.isBackground = background;
  sr.whenFinalized = options.finalized ?? null;
  sr.whenDone = options.done ?? null;
  if (clone) putBeside(sr, parent);
  main.subrequests ??= new Set();
  main.subrequests.add(sr);
  if (!background) enqueue(parent, sr);
  main.connection.engine.host.clock.soon(() => {
    if (sr.done) return;
    if (clone) runPhases(sr);
    else startPhases(sr);
  });
  return true;
}

function putBeside(sr: RequestState, parent: RequestState): void {
  sr.method = parent.method;
  sr.location = parent.location;
  sr.validLocation = parent.validLocation;
  sr.validUnparsedUri = parent.validUnparsedUri;
  sr.addUriToAlias = parent.addUriToAlias;
  sr.captures = parent.captures;
  sr.phase = parent.phase;
  // The handler that is at work is the one before the next.
  sr.handlerIndex = Math.max(0, parent.handlerIndex - 1);
}

/** A subrequest has answered (ngx_http_finalize_request, for `r != r->main`); its turn to write may come later. */
export function endSubrequest(sr: RequestState): void {
  const { main } = sr;
  sr.ended = sr.finished = true;
  sr.whenDone?.(sr);
  if (main.done) return;
  if (!sr.isBackground) {
    takeTurns(main);
    return;
  }
  leave(sr);
  if (main.finished && main.subrequests?.size === 0) main.complete();
}

/** A request has handed its whole body to its filters: they and its subrequests may still have something to write. */
export function endMain(main: RequestState): void {
  main.ended = true;
  if (main.filtered && !main.postponed?.length) main.complete();
  else takeTurns(main);
}

/**
 * Writes what waits for the active request, and hands the turn down to its subrequests and back up to their parents, as
 * far as it goes now. A request is over when it has been finalized and all it has written is on its way.
 */
function takeTurns(main: RequestState): void {
  const first = main.active;
  let resumed = false;
  while (!main.done) {
    const r = main.active;
    const item = r.postponed?.[0];
    if (item instanceof RequestState) main.active = item;
    else if (item !== undefined) {
      r.postponed?.shift();
      main.emit(item);
    } else if (!r.filtered && resumeFilters(r)) resumed = true;
    else if (!r.ended || !r.filtered) {
      if ((resumed || r !== first) && !r.connection.blocked) r.onWritable?.();
      return;
    } else if (r.parent) {
      r.parent.postponed?.shift();
      main.active = r.parent;
      leave(r);
    } else {
      main.complete();
      return;
    }
  }
}

function leave(sr: RequestState): void {
  sr.done = true;
  sr.main.subrequests?.delete(sr);
  if (sr.location.core.logSubrequest) for (const handler of sr.location.log) void handler(sr);
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
