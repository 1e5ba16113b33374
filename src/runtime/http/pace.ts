import { sizeOf } from './limit-rate.ts';
import { type Pace, type PacedTarget, Pacer } from './pacer.ts';
import type { RequestState } from './request-state.ts';

/* How fast a response may go to its client: limit_rate, $limit_rate, X-Accel-Limit-Rate (ngx_http_write_filter). */

/** What slows a response down; null when nothing does. The first bytes that are sent decide. */
export function pacerFor(r: RequestState): Pacer | null {
  const pace = paceOf(r);
  if (!pace) return null;
  const { connection } = r;
  const { clock } = connection.engine.host;
  const target: PacedTarget = {
    pass: (piece) => connection.send(piece),
    holdBack: () => connection.holdBack(),
    letGo: () => connection.letGo(),
  };
  return new Pacer(clock, pace, clock.now() - (clock.monotonic() - r.startedAt), target);
}

/** Bytes that are sent later: what they are made of may be overwritten until then. */
export function copied(pieces: readonly (Buffer | string)[]): Buffer[] {
  return pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece, 'latin1') : Buffer.from(piece)));
}

function paceOf(r: RequestState): Pace | null {
  const { limitRate, limitRateAfter } = r.location;
  if (r.limitRate === undefined && !limitRate) return null;
  r.limitRate ??= sizeOf(limitRate?.(r));
  return r.limitRate === 0 ? null : { rate: r.limitRate, after: sizeOf(limitRateAfter?.(r)) };
}
