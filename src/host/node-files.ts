import {
  appendFileSync,
  closeSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  type Stats,
  statfsSync,
  statSync,
} from 'node:fs';
import { resolve } from 'node:path';
import { bytesOf } from '../base/source-text.ts';
import type { FileStat, Files, OpenedFile, SystemError } from './host.ts';
import { nodeFileChanges } from './node-file-changes.ts';
import { systemError } from './node-socket.ts';

/** What of the disk a configuration may see. */
export interface VisibleFiles {
  /** Directories that can be read, with all that is in them. */
  readonly directories: readonly string[];
  /**
   * Paths of the configuration that stand for other directories here. What is `granted` can be read and written as a
   * whole; the rest only where it is in one of `directories`.
   */
  readonly maps: readonly { readonly from: string; readonly to: string; readonly granted: boolean }[];
  /** Told of every path that was to be read in vain, and once of each that was to be written. */
  readonly hidden?: (path: string, why: 'read' | 'written') => void;
}

/** The disk; all of it, or what is made visible. Links that lead out of that are not followed. */
export function createNodeFiles(visible?: VisibleFiles): Files {
  const { find, show } = visible ? finder(visible) : everything;
  // Logs: the same few paths with each request.
  const written = new Map<string, string | null>();
  const findWritten = (path: string) => {
    let found = written.get(path);
    if (found === undefined) written.set(path, (found = find(path, 'written')));
    return found;
  };
  return {
    stat: (path) => attempt(find(path, 'read'), (at) => described(statSync(at))),
    statLink: (path) => attempt(find(path, 'read'), (at) => describedLink(lstatSync(at))),
    read: (path, start, length) => attempt(find(path, 'read'), (at) => readRange(at, start, length)),
    open: (path) => attempt(find(path, 'read'), opened),
    free: (path) =>
      attempt(find(path, 'read'), (at) => {
        const { bavail, bsize } = statfsSync(at);
        return bavail * bsize;
      }),
    list: (path) => attempt(find(path, 'read'), (at) => readdirSync(at, 'latin1')),
    realpath: (path) => attempt(find(path, 'read'), (at) => show(realpathSync.native(at, 'buffer').toString('latin1'))),
    append(path, bytes) {
      return attempt(findWritten(path), (at) => appendFileSync(at, bytes, 'latin1') as undefined);
    },
    ...nodeFileChanges((path) => find(path, 'written')),
  };
}

function described(stats: Stats): FileStat {
  const kind = stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : 'other';
  return { kind, size: stats.size, mtime: Math.floor(stats.mtimeMs / 1000), mode: stats.mode & 0o777, owner: stats.uid };
}

function describedLink(stats: Stats): FileStat {
  return { ...described(stats), isLink: stats.isSymbolicLink() };
}

function attempt<T>(path: string | null, run: (path: Buffer) => T): T | SystemError {
  if (path === null) return { errno: 'ENOENT' };
  try {
    return run(Buffer.from(path, 'latin1'));
  } catch (error) {
    return systemError(error);
  }
}

function readRange(path: Buffer, start = 0, length?: number): Buffer {
  const file = openSync(path, 'r');
  try {
    return readOpen(file, start, length ?? Math.max(0, fstatSync(file).size - start));
  } finally {
    closeSync(file);
  }
}

function readOpen(file: number, start: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  let filled = 0;
  while (filled < size) {
    const got = readSync(file, bytes, filled, size - filled, start + filled);
    if (got === 0) break;
    filled += got;
  }
  return filled === size ? bytes : bytes.subarray(0, filled);
}

function opened(path: Buffer): OpenedFile {
  const file = openSync(path, 'r');
  let isOpen = true;
  return {
    size: fstatSync(file).size,
    read(start, length) {
      const bytes = attempt(isOpen ? '' : null, () => readOpen(file, start, length));
      return Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0);
    },
    close() {
      if (isOpen) closeSync(file);
      isOpen = false;
    },
  };
}

/** From paths of the configuration to paths of the disk, and back. All are byte strings. */
interface Finder {
  /** Null when it may not be seen. */
  find(path: string, why: 'read' | 'written'): string | null;
  show(path: string): string;
}

const everything: Finder = { find: (path) => path, show: (path) => path };

function finder({ directories, maps, hidden }: VisibleFiles): Finder {
  const open = directories.map((directory) => realPath(bytesOf(resolve(directory))));
  const mapped = maps
    .map(({ from, to, granted }) => ({ from: bytesOf(from).replace(/\/+$/, ''), to: realPath(bytesOf(resolve(to))), granted }))
    .sort((a, b) => b.from.length - a.from.length);
  const writable = mapped.filter(({ granted }) => granted).map(({ to }) => to);

  const find: Finder['find'] = (path, why) => {
    const map = mapped.find(({ from }) => isWithin(path, from));
    const asked = latin1Resolve(map ? map.to + path.slice(map.from.length) : path);
    const real = realPath(asked);
    const allowed = why === 'written' ? writable : [...open, ...writable];
    const isOpen = (place: string) => allowed.some((directory) => isWithin(place, directory));
    // What is changed may be a link: then the directory counts in which it is, too.
    if (isOpen(real) && (why === 'read' || isOpen(realPath(directoryOf(asked))) || writable.includes(asked)))
      return path.endsWith('/') ? `${asked}/` : asked;
    hidden?.(path.replace(/\/{2,}/g, '/'), why);
    return null;
  };
  const show = (path: string): string => {
    const map = mapped.find(({ to }) => isWithin(path, to));
    return map ? map.from + path.slice(map.to.length) : path;
  };
  return { find, show };
}

function isWithin(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory === '/' ? '/' : `${directory}/`);
}

/** Absolute and without `..`; `resolve` works on byte strings as well, since it looks at ASCII only. */
function latin1Resolve(path: string): string {
  return path.startsWith('/') ? resolve(path) : resolve(bytesOf(process.cwd()), path);
}

function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

/** A path (byte string) with its links followed as far as it exists. */
export function realPath(path: string): string {
  for (let at = path, rest = ''; ; ) {
    try {
      return realpathSync.native(Buffer.from(at, 'latin1'), 'buffer').toString('latin1') + rest;
    } catch {
      const slash = at.lastIndexOf('/');
      if (slash <= 0) return path;
      rest = at.slice(slash) + rest;
      at = at.slice(0, slash);
    }
  }
}
