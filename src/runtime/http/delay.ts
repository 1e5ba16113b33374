import type { Clock } from '../../host/host.ts';
import type { Request } from './request.ts';

/** Holds a request back; a client that goes away ends it (ngx_http_limit_req_delay, ngx_http_core_auth_delay). */
export function delayed<V>(r: Request, clock: Clock, milliseconds: number, verdict: V): Promise<V> {
  return new Promise((resolve) => {
    const timer = clock.after(milliseconds, () => {
      r.onClientAbort = null;
      resolve(verdict);
    });
    r.onClientAbort = () => timer.cancel();
  });
}
