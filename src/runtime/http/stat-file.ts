import type { FileStat, Files, SystemError } from '../../host/host.ts';
import type { RequestState } from './request-state.ts';

/** What is there, if links may be followed to it. */
export function statFile(r: RequestState, files: Files, path: string): FileStat | SystemError {
  return r.location.symlinks?.(r, path) ?? files.stat(path);
}
