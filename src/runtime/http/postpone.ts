import type { Output, RequestState } from './request-state.ts';

/*
 * The order in which a request and its subrequests write (ngx_http_postpone_filter). One request at a time is the active
 * one, and its output leaves; what the others write, and the subrequests they have made, waits in their queues.
 */

/** Takes a piece of output that may have to wait. */
export function postpone(r: RequestState, piece: Output): void {
  const { main } = r;
  if (r.collected && typeof piece !== 'boolean') collect(r, piece);
  if (r.discardsOutput || main.headerOnly) return;
  if (main.active === r && !r.postponed?.length) main.emit(piece);
  else queueOf(r).push(piece);
}

/** The place of a subrequest's output is here, behind what its parent has written so far. */
export function enqueue(parent: RequestState, sr: RequestState): void {
  const { main } = parent;
  if (main.active === parent && !parent.postponed?.length) main.active = sr;
  queueOf(parent).push(sr);
}

function queueOf(r: RequestState): NonNullable<RequestState['postponed']> {
  r.postponed ??= [];
  return r.postponed;
}

// ngx_http_postpone_filter_in_memory
function collect(r: RequestState, piece: Buffer | string): void {
  if (r.done || !r.collected) return;
  const most = r.location.core.subrequestOutputBufferSize;
  const { contentLength } = r.headersOut;
  if (contentLength > most) refuse(r, `too big subrequest response: ${contentLength}`);
  else if (r.collected.length + piece.length > most) refuse(r, 'too big subrequest response');
  else r.collected = Buffer.concat([r.collected, typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece]);
}

function refuse(r: RequestState, problem: string): void {
  r.log('error', problem);
  r.main.terminate(0);
}
