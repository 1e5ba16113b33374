import {
  chmodSync,
  closeSync,
  fchmodSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import type { FileChanges, NewFile, SystemError } from './host.ts';
import { systemError } from './node-socket.ts';

/** Changes of the disk; `find` gives the place of a path on it, or null where nothing may be changed. */
export function nodeFileChanges(find: (path: string) => string | null): FileChanges {
  const change = (path: string, run: (at: Buffer) => void): SystemError | undefined => {
    const at = find(path);
    return at === null ? { errno: 'EACCES' } : attempt(() => run(Buffer.from(at, 'latin1')));
  };
  return {
    write: (path, bytes, mode) => change(path, (at) => writeWhole(at, bytes, mode)),
    create(path, mode) {
      const at = find(path);
      if (at === null) return { errno: 'EACCES' };
      try {
        return newFile(Buffer.from(at, 'latin1'), mode);
      } catch (error) {
        return systemError(error);
      }
    },
    overwrite: (path, start, bytes) => change(path, (at) => overwrite(at, start, bytes)),
    makeDirectory: (path, mode) =>
      change(path, (at) => {
        mkdirSync(at, mode);
        chmodSync(at, mode);
      }),
    rename: (from, to) => change(from, (source) => throwing(change(to, (at) => renameSync(source, at)))),
    remove: (path) => change(path, unlinkSync),
    removeDirectory: (path) => change(path, (at) => rmdirSync(at)),
    touch: (path, mtime) => change(path, (at) => utimesSync(at, mtime, mtime)),
  };
}

let unfinished = 0;

/** Under another name first, so that nobody sees half of it. */
function writeWhole(path: Buffer, bytes: readonly Buffer[], mode: number): void {
  const beside = Buffer.concat([path, Buffer.from(`.${process.pid}.${unfinished++}`)]);
  const file = openSync(beside, 'wx', mode);
  try {
    for (const piece of bytes) writeAll(file, piece);
    chmodSync(beside, mode);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}

function overwrite(path: Buffer, start: number, bytes: Buffer): void {
  const file = openSync(path, 'r+');
  try {
    writeSync(file, bytes, 0, bytes.length, start);
  } finally {
    closeSync(file);
  }
}

function newFile(path: Buffer, mode: number): NewFile {
  const file = openSync(path, 'wx', mode);
  fchmodSync(file, mode);
  return {
    write: (bytes) => attempt(() => writeAll(file, bytes)),
    close: () => closeSync(file),
  };
}

function writeAll(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

/** A failure in the middle of another change, as the exception that the outer one reports. */
function throwing(failure: SystemError | undefined): void {
  if (failure) throw Object.assign(new Error(failure.errno), { code: failure.errno });
}

function attempt(run: () => void): SystemError | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return systemError(error);
  }
}
