import type { FileStat, Files, NewFile, OpenedFile, SystemError } from './host.ts';

interface MemoryFile {
  readonly bytes: Buffer;
  /** The memory that `bytes` begins, with room for what is appended: copying all of a log for each line would be quadratic. */
  readonly room: Buffer;
  mtime: number;
  readonly mode: number;
}

/** Files in memory. Directories are there when something is in them, or when made with `directory`. */
export class MemoryFiles implements Files {
  readonly #files = new Map<string, MemoryFile>();
  readonly #directories = new Map<string, Set<string>>([['/', new Set()]]);

  /** `now` gives the time in milliseconds that changed files are stamped with. */
  constructor(readonly now: () => number) {}

  /** Puts a file there, or replaces it; a string is UTF-8. `mtime` in seconds. */
  set(path: string, content: string | Buffer, mtime?: number, mode = 0o644): void {
    const name = plain(path);
    this.#enter(name);
    const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content);
    this.#files.set(name, {
      bytes,
      room: bytes,
      mtime: mtime ?? Math.floor(this.now() / 1000),
      mode,
    });
  }

  /** Makes an empty directory. */
  directory(path: string): void {
    const name = plain(path);
    if (this.#directories.has(name)) return;
    this.#enter(name);
    this.#directories.set(name, new Set());
  }

  remove(path: string): SystemError | undefined {
    const name = plain(path);
    if (!this.#files.delete(name)) return { errno: this.#directories.has(name) ? 'EISDIR' : this.#missing(path) };
    this.#leave(name);
    return undefined;
  }

  write(path: string, bytes: readonly Buffer[], mode: number): SystemError | undefined {
    const name = plain(path);
    if (this.#directories.has(name)) return { errno: 'EISDIR' };
    if (!this.#directories.has(split(name)[0])) return { errno: this.#missing(path) };
    this.set(name, Buffer.concat(bytes), undefined, mode);
    return undefined;
  }

  create(path: string, mode: number): NewFile | SystemError {
    const name = plain(path);
    if (this.#directories.has(name) || this.#files.has(name)) return { errno: 'EEXIST' };
    const pieces: Buffer[] = [];
    const error = this.write(path, pieces, mode);
    if (error) return error;
    return {
      write: (bytes) => {
        pieces.push(Buffer.from(bytes));
        return undefined;
      },
      close: () => void this.write(path, pieces, mode),
    };
  }

  overwrite(path: string, start: number, bytes: Buffer): SystemError | undefined {
    const file = this.#files.get(plain(path));
    if (!file) return { errno: this.#missing(path) };
    bytes.copy(file.bytes, start);
    return undefined;
  }

  makeDirectory(path: string): SystemError | undefined {
    const name = plain(path);
    if (this.#directories.has(name) || this.#files.has(name)) return { errno: 'EEXIST' };
    if (!this.#directories.has(split(name)[0])) return { errno: this.#missing(path) };
    this.directory(name);
    return undefined;
  }

  removeDirectory(path: string): SystemError | undefined {
    const name = plain(path);
    const names = this.#directories.get(name);
    if (!names) return { errno: this.#files.has(name) ? 'ENOTDIR' : this.#missing(path) };
    if (names.size > 0 || name === '/') return { errno: 'ENOTEMPTY' };
    this.#directories.delete(name);
    this.#leave(name);
    return undefined;
  }

  rename(from: string, to: string): SystemError | undefined {
    const [source, target] = [plain(from), plain(to)];
    const file = this.#files.get(source);
    const names = this.#directories.get(source);
    if (!file && !names) return { errno: this.#missing(from) };
    if (!this.#directories.has(split(target)[0])) return { errno: this.#missing(to) };
    if (file) {
      if (this.#directories.has(target)) return { errno: 'EISDIR' };
      this.remove(source);
      this.set(target, file.bytes, file.mtime, file.mode);
      return undefined;
    }
    const made = this.#directories.has(target) ? this.removeDirectory(target) : undefined;
    if (made) return made;
    this.directory(target);
    for (const name of [...(names as Set<string>)]) this.rename(`${source}/${name}`, `${target}/${name}`);
    return this.removeDirectory(source);
  }

  touch(path: string, mtime: number): SystemError | undefined {
    const file = this.#files.get(plain(path));
    if (file) file.mtime = mtime;
    return file || this.#directories.has(plain(path)) ? undefined : { errno: this.#missing(path) };
  }

  stat(path: string): FileStat | SystemError {
    const name = plain(path);
    const file = this.#files.get(name);
    if (file && !path.endsWith('/')) {
      return { kind: 'file', size: file.bytes.length, mtime: file.mtime, mode: file.mode, owner: 0 };
    }
    if (this.#directories.has(name)) return { kind: 'directory', size: 4096, mtime: 0, mode: 0o755, owner: 0 };
    return { errno: this.#missing(path) };
  }

  /** There are no links here. */
  statLink(path: string): FileStat | SystemError {
    return this.stat(path);
  }

  read(path: string, start = 0, length?: number): Buffer | SystemError {
    const name = plain(path);
    const file = this.#files.get(name);
    if (!file || path.endsWith('/')) return { errno: this.#directories.has(name) ? 'EISDIR' : this.#missing(path) };
    return Buffer.from(file.bytes.subarray(start, length === undefined ? undefined : start + length));
  }

  open(path: string): OpenedFile | SystemError {
    const file = this.#files.get(plain(path));
    if (!file) return { errno: this.#directories.has(plain(path)) ? 'EISDIR' : this.#missing(path) };
    const { bytes } = file;
    return { size: bytes.length, read: (start, length) => Buffer.from(bytes.subarray(start, start + length)), close() {} };
  }

  free(path: string): number | SystemError {
    return this.#directories.has(plain(path)) ? 2 ** 40 : { errno: this.#missing(path) };
  }

  list(path: string): readonly string[] | SystemError {
    const names = this.#directories.get(plain(path));
    return names ? [...names] : { errno: this.#files.has(plain(path)) ? 'ENOTDIR' : this.#missing(path) };
  }

  realpath(path: string): string | SystemError {
    const stat = this.stat(path);
    return 'errno' in stat ? stat : plain(path);
  }

  append(path: string, bytes: string): SystemError | undefined {
    const name = plain(path);
    if (this.#directories.has(name)) return { errno: 'EISDIR' };
    if (!this.#files.has(name)) this.set(name, '');
    const file = this.#files.get(name) as MemoryFile;
    const from = file.bytes.length;
    const length = from + bytes.length;
    const fits = file.room.length >= length;
    const room = fits ? file.room : Buffer.alloc(length * 2);
    if (!fits) file.bytes.copy(room);
    room.write(bytes, from, 'latin1');
    this.#files.set(name, { ...file, bytes: room.subarray(0, length), room, mtime: Math.floor(this.now() / 1000) });
    return undefined;
  }

  /** ENOTDIR when something on the way is a file, ENOENT otherwise. */
  #missing(path: string): string {
    for (let [at] = split(plain(path)); at !== '/'; [at] = split(at)) if (this.#files.has(at)) return 'ENOTDIR';
    return path.endsWith('/') && this.#files.has(plain(path)) ? 'ENOTDIR' : 'ENOENT';
  }

  #leave(name: string): void {
    const [parent, last] = split(name);
    this.#directories.get(parent)?.delete(last);
  }

  #enter(name: string): void {
    const [parent, last] = split(name);
    const names = this.#directories.get(parent);
    if (names) {
      names.add(last);
      return;
    }
    this.#enter(parent);
    this.#directories.set(parent, new Set([last]));
  }
}

/** Absolute, without doubled slashes, `.` and `..`, and without a slash at the end. */
function plain(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

function split(name: string): [parent: string, last: string] {
  const slash = name.lastIndexOf('/');
  return [name.slice(0, slash) || '/', name.slice(slash + 1)];
}
