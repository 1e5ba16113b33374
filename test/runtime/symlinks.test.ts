import { expect, test } from 'vitest';
import type { FileStat } from '../../src/host/host.ts';
import type { Request } from '../../src/runtime/http/request.ts';
import { planSymlinkCheck } from '../../src/runtime/http/symlinks.ts';

/* disable_symlinks: which paths are refused, and how (ngx_open_file_wrapper). */

const file: FileStat = { kind: 'file', size: 0, mtime: 0, mode: 0o644, owner: 1 };
/** Links, and who owns what they lead to; they belong to 1 themselves. */
const links: Readonly<Record<string, number>> = { '/www/own': 1, '/www/other': 2, '/www/dir/own': 1, '/link': 1 };
const files = {
  stat: (path: string) => (path.startsWith('/none') ? { errno: 'ENOENT' } : { ...file, owner: links[path] ?? 1 }),
  statLink: (path: string) =>
    path.startsWith('/none') ? { errno: 'ENOENT' } : path in links ? { ...file, kind: 'other' as const, isLink: true } : file,
};
const check = (mode: 'on' | 'if_not_owner', from: string, path: string) =>
  planSymlinkCheck({ mode, from: from === '' ? null : () => from }, files)({} as Request, path)?.errno;

test.each([
  ['/www/file', undefined, undefined],
  ['/www/own', 'ELOOP', undefined],
  ['/www/other', 'ELOOP', 'ELOOP'],
  ['/www//other', 'ELOOP', 'ELOOP'],
  ['/www/own/file', 'ENOTDIR', undefined],
  ['/www/own/', 'ENOTDIR', undefined],
  ['/www/other/file', 'ENOTDIR', 'ELOOP'],
  ['/none/file', undefined, undefined],
])('%s: on %s, if_not_owner %s', (path, on, ifNotOwner) => {
  const plain = path.replace('//', '/');
  expect([check('on', '', plain), check('if_not_owner', '', plain)]).toEqual([on, ifNotOwner]);
});

test.each([
  ['/link/www', '/link/www/file', undefined],
  ['/link/www/', '/link/www/file', undefined],
  ['/link/www', '/link/www', undefined],
  ['/link/ww', '/link/www/file', 'ENOTDIR'],
  ['/www', '/www/own', 'ELOOP'],
  ['/www/own', '/www/own', undefined],
  ['/elsewhere', '/link/www/file', 'ENOTDIR'],
])('from=%s %s: %s', (from, path, errno) => {
  expect(check('on', from, path)).toBe(errno);
});
