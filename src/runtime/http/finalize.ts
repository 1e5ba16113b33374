import type { RequestState } from './request-state.ts';
import { endBody, flush } from './response.ts';
import { specialResponse } from './special-response.ts';

/** Ends a request with a status; what each number means is said at `Request.finalize` (ngx_http_finalize_request). */
export function finalize(r: RequestState, status: number): void {
  if (r.done || r.finished) return;
  r.run++;
  if (status === 408 || status === 499 || status === 444) {
    terminate(r, status);
    return;
  }
  if (status === -1) {
    truncate(r);
    return;
  }
  if (status >= 300 || status === 201 || status === 204) {
    if (r.headerSent) {
      truncate(r);
      return;
    }
    specialResponse(r, status);
    return;
  }
  endBody(r);
  if (!r.done) complete(r);
}

/** Closes without a further byte (ngx_http_terminate_request). */
export function terminate(r: RequestState, status: number): void {
  if (r.done) return;
  if (status > 0 && (r.status === 0 || r.bytesSent === 0)) r.status = status;
  r.done = true;
  r.connection.finish(r, 'destroy');
}

/** The response is out, or waits for the client to take it. */
function complete(r: RequestState): void {
  r.finished = true;
  if (r.connection.blocked) {
    r.connection.whenDrained(() => complete(r));
    return;
  }
  r.done = true;
  r.whenSent?.();
  r.connection.finish(r, 'normal');
}

function truncate(r: RequestState): void {
  r.keepalive = false;
  flush(r);
  r.done = true;
  r.connection.finish(r, 'close');
}
