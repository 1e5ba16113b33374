import { howToEnd } from './lingering.ts';
import type { RequestState } from './request-state.ts';
import { endBody, endOutput, flush } from './response.ts';
import { specialResponse } from './special-response.ts';
import { abandonSubrequests, endMain, endSubrequest } from './subrequest.ts';

/** Ends a request with a status; what each number means is said at `Request.finalize` (ngx_http_finalize_request). */
export function finalize(r: RequestState, given: number): void {
  if (r.done || r.finished || r.ended) return;
  r.run++;
  if (given === 408 || given === 499 || given === 444) {
    terminate(r.main, given);
    return;
  }
  if (given === -1) {
    truncate(r.main);
    return;
  }
  const status = r.whenFinalized ? r.whenFinalized(r, given) : given;
  if (status >= 300 || status === 201 || status === 204) {
    if (r.headerSent && !r.isPostAction) {
      truncate(r.main);
      return;
    }
    specialResponse(r, status);
    return;
  }
  endBody(r);
  if (r.done) return;
  if (r.parent) endSubrequest(r);
  else endMain(r);
}

/** Closes without a further byte (ngx_http_terminate_request). */
export function terminate(r: RequestState, status: number): void {
  if (r.done) return;
  if (status > 0 && (r.status === 0 || r.bytesSent === 0)) r.status = status;
  r.done = true;
  abandonSubrequests(r);
  r.connection.finish(r, howToEnd(status, r.location.core));
}

/** The response is out: what else is to be done is done by a redirect whose output nobody sees (ngx_http_post_action). */
function startPostAction(r: RequestState): boolean {
  const { postAction } = r.location.core;
  if (postAction === '' || (r.isPostAction && r.uriChanges === 0)) return false;
  r.isPostAction = true;
  r.version = 9;
  r.headerOnly = true;
  r.ended = r.finished = false;
  r.redirect(postAction, '');
  return true;
}

/** The response is out, or waits for the client to take it; background subrequests may still run. */
export function complete(r: RequestState): void {
  endOutput(r);
  r.finished = true;
  if (r.subrequests?.size) return;
  r.paced?.settle();
  if (r.connection.blocked) {
    r.connection.whenDrained(() => complete(r));
    return;
  }
  if (startPostAction(r)) return;
  r.done = true;
  r.whenSent?.();
  r.connection.finish(r, 'normal');
}

function truncate(r: RequestState): void {
  if (r.done) return;
  r.keepalive = false;
  flush(r);
  r.done = true;
  abandonSubrequests(r);
  r.connection.finish(r, 'close');
}
