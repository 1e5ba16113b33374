import type { SystemError } from '../../../host/host.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
import { systemErrorText } from '../../../runtime/http/system-error-text.ts';

/** `Depth: infinity` */
export const infinity = -1;
const invalid = -2;

/** What `Depth` says: 0, 1, `infinity`; `otherwise` without one, something else when it makes no sense (ngx_http_dav_depth). */
export function depthOf(r: RequestState, otherwise: number): number {
  const depth = r.headersIn.get('depth');
  if (depth === undefined) return otherwise;
  if (depth === 'infinity') return infinity;
  if (depth === '0' || depth === '1') return Number(depth);
  r.log('error', `client sent invalid "Depth" header: "${depth}"`);
  return invalid;
}

const statuses: Readonly<Record<string, number>> = { EACCES: 403, EPERM: 403, EEXIST: 405, ENOSPC: 507 };

/** Logs what failed; the status that answers, `missing` when a path leads nowhere (ngx_http_dav_error). */
export function davError(r: RequestState, error: SystemError, missing: number, what: string): number {
  const { errno } = error;
  const isMissing = errno === 'ENOENT' || errno === 'ENOTDIR' || errno === 'ENAMETOOLONG';
  const status = isMissing ? missing : (statuses[errno] ?? 500);
  r.log(status >= 500 ? 'crit' : 'error', `${what} failed (${systemErrorText(error)})`);
  return status;
}
