import type { SystemError } from '../../host/host.ts';
import type { RequestState } from './request-state.ts';
import { systemErrorText } from './system-error-text.ts';

/** Logs that a directory cannot be listed; the status that answers (ngx_http_autoindex_handler). */
export function openDirectoryFailed(r: RequestState, path: string, error: SystemError): number {
  const { errno } = error;
  const isMissing = errno === 'ENOENT' || errno === 'ENOTDIR' || errno === 'ENAMETOOLONG';
  const status = isMissing ? 404 : errno === 'EACCES' ? 403 : 500;
  r.log(status === 500 ? 'crit' : 'error', `opendir() "${path}" failed (${systemErrorText(error)})`);
  return status;
}
