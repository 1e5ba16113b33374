import type { RequestState } from './request-state.ts';

/*
 * The order in which a request and its subrequests write (ngx_http_postpone_filter). One request at a time is the active
 * one, and its output leaves; what the others write, and the subrequests they have made, waits in their queues.
 */

/** Takes a piece of output that may have to wait. */
export function postpone(r: RequestState, piece: Buffer | string): void {
  const { main } = r;
  if (r.discardsOutput || main.headerOnly) return;
  if (main.active === r && !r.postponed?.length) main.keep(piece);
  else queueOf(r).push(piece);
}

/** The place of a subrequest's output is here, behind what its parent has written so far. */
export function enqueue(parent: RequestState, sr: RequestState): void {
  const { main } = parent;
  if (main.active === parent && !parent.postponed?.length) main.active = sr;
  queueOf(parent).push(sr);
}

function queueOf(r: RequestState): (Buffer | string | RequestState)[] {
  r.postponed ??= [];
  return r.postponed;
}

/** A subrequest has written everything, but perhaps not the ones that it has made. */
export function settle(sr: RequestState): void {
  sr.ended = true;
  let at = sr;
  while (at.main.active === at && proceed(at) && at.parent) at = at.parent;
}

/** Writes what waits for the active request; true when it is over and its parent's turn has come. */
function proceed(r: RequestState): boolean {
  const { main } = r;
  const postponed = queueOf(r);
  for (let item = postponed[0]; item !== undefined; item = postponed[0]) {
    if (typeof item === 'string' || Buffer.isBuffer(item)) main.keep(item);
    else if (!item.over) {
      main.active = item;
      if (!proceed(item)) return false;
      continue;
    }
    postponed.shift();
  }
  if (!r.ended) return false;
  if (r.parent) {
    r.over = true;
    main.active = r.parent;
    return true;
  }
  main.complete();
  return false;
}
