import { type Files, failed, type SystemError } from '../../host/host.ts';
import type { Script } from '../script.ts';
import type { Request } from './request.ts';

type Links = Pick<Files, 'stat' | 'statLink'>;

/** What `disable_symlinks` says: which links are refused, and the beginning of paths where they are not looked for. */
export interface Symlinks {
  readonly mode: 'on' | 'if_not_owner';
  readonly from: Script | null;
}

/** Tells why a path may not be followed; undefined when it may. */
export type SymlinkCheck = (r: Request, path: string) => SystemError | undefined;

/** Plans the check (ngx_open_file_wrapper). What cannot be seen is no link: whoever opens the path says what is wrong with it. */
export function planSymlinkCheck({ mode, from }: Symlinks, files: Links): SymlinkCheck {
  const refused = mode === 'on' ? isLink : isOfOther;
  return (r, path) => {
    const start = from ? trustedLength(from(r), path) : 0;
    for (let at = start, end = nextEnd(path, at); end > at; at = end, end = nextEnd(path, at)) {
      if (!refused(path.slice(0, end), files)) continue;
      // A directory is opened with O_DIRECTORY, which a link is not.
      return { errno: end === path.length || mode === 'if_not_owner' ? 'ELOOP' : 'ENOTDIR' };
    }
    return undefined;
  };
}

/** How much of a path is not looked at (ngx_http_set_disable_symlinks). */
function trustedLength(from: string, path: string): number {
  if (from === '' || !path.startsWith(from)) return 0;
  if (from.length === path.length || path[from.length] === '/') return from.length;
  return from.endsWith('/') ? from.length - 1 : 0;
}

/** Behind the next name of a path; where it was when there is none. */
function nextEnd(path: string, at: number): number {
  let start = at;
  while (path[start] === '/') start++;
  if (start === path.length) return at;
  const slash = path.indexOf('/', start);
  return slash < 0 ? path.length : slash;
}

function isLink(path: string, files: Links): boolean {
  const own = files.statLink(path);
  return !failed(own) && own.isLink === true;
}

// ngx_openat_file_owner
function isOfOther(path: string, files: Links): boolean {
  const own = files.statLink(path);
  if (failed(own) || !own.isLink) return false;
  const target = files.stat(path);
  return !failed(target) && target.owner !== own.owner;
}
