import type { CoreSettings } from '../plan/planned.ts';

/** True when a connection waits for its client's end after its own, so that the response is not lost (ngx_http_finalize_connection). */
export function lingers({ lingeringClose }: CoreSettings, hadBody: boolean, hasUnread: boolean): boolean {
  return lingeringClose === 'always' || (lingeringClose === 'on' && (hadBody || hasUnread));
}

/** How long, in milliseconds, the client may be silent now; none when `until` is reached (ngx_http_lingering_close_handler). */
export function silenceLeft({ lingeringTimeout }: CoreSettings, until: number, now: number): number {
  return Math.min(lingeringTimeout, until - now);
}

/** How a request that came to nothing ends its connection: timed out, or 444 (ngx_http_free_request). */
export function howToEnd(status: number, { resetTimedoutConnection }: CoreSettings): 'destroy' | 'reset' {
  return resetTimedoutConnection && (status === 408 || status === 444) ? 'reset' : 'destroy';
}
