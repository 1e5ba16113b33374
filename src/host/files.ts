import { closeSync, lstatSync, openSync, readdirSync, readFileSync, readSync, realpathSync, type Stats, statSync } from 'node:fs';
import { getSystemErrorMap } from 'node:util';
import { expandGlob } from '../base/glob.ts';
import { display, type SourceText, sourceText } from '../base/source-text.ts';

/** Files larger than this are refused: nobody wrote them by hand, and their tree would not fit into memory. */
export const largestFile = 16 * 1024 * 1024;

/** Why a file could not be read. */
export interface DiskFailure {
  readonly error: string;
  readonly errno: number;
}

/** Configuration files on this machine. Paths are byte strings; relative ones start from the current directory. */
export interface DiskFiles {
  read(path: string): SourceText | DiskFailure;
  glob(pattern: string): readonly string[];
  /** What a directory holds, sorted; null when it is none, or can't be read. */
  list(directory: string): readonly string[] | null;
  /** Through symbolic links; undefined when there is nothing. */
  kindOf(path: string): 'file' | 'directory' | 'other' | undefined;
}

/**
 * Reads through `directory`: relative paths start from there. Each file is read once; one that has several names
 * through symbolic links (sites-enabled) keeps the name by which it was read first.
 */
export function diskFiles(directory: string): DiskFiles {
  const sources = new Map<string, SourceText | DiskFailure>();
  const byRealPath = new Map<string, SourceText>();
  const listings = new Map<string, readonly string[] | null>();
  const list = (path: string): readonly string[] | null => {
    let names = listings.get(path);
    if (names === undefined) listings.set(path, (names = namesIn(onDisk(directory, path))));
    return names;
  };
  const realDirectories = new Map<string, string>();
  /** Asked once for all the files in it: a real path costs a system call for each part. */
  const realDirectory = (path: string): string => {
    const written = path.slice(0, path.lastIndexOf('/') + 1);
    let real = realDirectories.get(written);
    if (real === undefined) realDirectories.set(written, (real = realPath(onDisk(directory, written)).replace(/\/$/, '')));
    return real;
  };
  return {
    list,
    glob: (pattern) => expandGlob(pattern, list),
    read(path) {
      let source = sources.get(path);
      if (!source) {
        const file = onDisk(directory, path);
        const stat = linkOrFile(file);
        const real = stat?.isFile() ? `${realDirectory(path)}/${path.slice(path.lastIndexOf('/') + 1)}` : realPath(file);
        source = byRealPath.get(real) ?? readFrom(file, path, stat);
        if (!('error' in source)) byRealPath.set(real, source);
        sources.set(path, source);
      }
      return source;
    },
    kindOf: (path) => kindOf(onDisk(directory, path)),
  };
}

/** The bytes under which the system knows a path; a relative one starts from `directory`. */
export function onDisk(directory: string, path: string): Buffer {
  return Buffer.from(path.startsWith('/') ? path : `${Buffer.from(directory).toString('latin1')}/${path}`, 'latin1');
}

function namesIn(directory: Buffer): readonly string[] | null {
  try {
    return readdirSync(directory, 'buffer')
      .map((name) => name.toString('latin1'))
      .sort();
  } catch {
    return null;
  }
}

function realPath(path: Buffer): string {
  try {
    return realpathSync.native(path, 'latin1');
  } catch {
    return path.toString('latin1');
  }
}

function kindOf(path: Buffer): 'file' | 'directory' | 'other' | undefined {
  try {
    const stat = statSync(path);
    return stat.isDirectory() ? 'directory' : stat.isFile() ? 'file' : 'other';
  } catch {
    return undefined;
  }
}

/** What a name is by itself; undefined when there is nothing, or nothing that can be reached. */
function linkOrFile(file: Buffer): Stats | undefined {
  try {
    return lstatSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function readFrom(file: Buffer, path: string, known: Stats | undefined): SourceText | DiskFailure {
  try {
    const stat = known?.isFile() ? known : statSync(file);
    if (stat.isDirectory()) return { error: 'Is a directory', errno: 21 };
    if (!stat.isFile()) return { error: 'it is not a regular file', errno: 0 };
    const text = stat.size > largestFile ? '' : textOf(file, stat.size);
    return refuse(text, stat.size) ?? sourceText(display(path), text);
  } catch (error) {
    return failureOf(error as NodeJS.ErrnoException);
  }
}

let small: Buffer | undefined;

/** The bytes of a file of that size. Most are small, and need neither a buffer of their own nor to be asked for their size again. */
function textOf(file: Buffer, size: number): string {
  small ??= Buffer.allocUnsafeSlow(1 << 16);
  if (size < small.length) {
    const descriptor = openSync(file, 'r');
    try {
      const count = readSync(descriptor, small, 0, small.length, null);
      if (count === size) return small.toString('latin1', 0, count);
    } finally {
      closeSync(descriptor);
    }
  }
  return readFileSync(file, 'latin1');
}

/** Why these bytes can't be a configuration file; undefined when they can. `errno` is 0: nginx would try. */
export function refuse(text: string, size: number): DiskFailure | undefined {
  if (size > largestFile) {
    const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;
    return { error: `the file is too large (${megabytes(size)}; at most ${megabytes(largestFile)})`, errno: 0 };
  }
  const start = text.slice(0, 8192);
  if (start.startsWith('\xff\xfe') || start.startsWith('\xfe\xff'))
    return { error: 'it is UTF-16 text; save it as UTF-8', errno: 0 };
  const controls = start.match(/[\x00-\x06\x0e-\x1a\x1c-\x1f]/g)?.length ?? 0;
  return controls > 4 && controls > start.length / 25 ? { error: 'it is a binary file', errno: 0 } : undefined;
}

/** A system call's failure in libc's words. */
export function failureOf({ errno = -5, message }: NodeJS.ErrnoException): DiskFailure {
  const known = getSystemErrorMap().get(errno)?.[1];
  return { error: known ? known.charAt(0).toUpperCase() + known.slice(1) : message, errno: Math.abs(errno) };
}
