import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Why a file can't be replaced, undefined when it can: it no longer holds what it held, or its user may not write it,
 * though its directory would let us, and root may do anything.
 */
export function whyNotReplaced(path: string, before: string): string | undefined {
  try {
    if (readFileSync(path, 'latin1') !== before) return 'it changed meanwhile';
    if ((statSync(path).mode & 0o222) === 0) return 'it is read-only';
    accessSync(path, constants.W_OK);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/**
 * Replaces a file's bytes in one step: a new file beside it takes its name, with its mode and owner, so that a reader
 * sees the old text or the new one, and a failure leaves the old. A symbolic link stays one; its target is replaced.
 */
export function replaceFile(path: string, bytes: string): void {
  const target = realpathSync(path);
  writeBeside(target, Buffer.from(bytes, 'latin1'), statSync(target));
}

/** Writes text, or bytes, to a file that may be there or not, in one step; what is no regular file (a pipe, /dev/stderr) is written to. */
export function putFile(path: string, text: string | Uint8Array): void {
  const before = statSync(path, { throwIfNoEntry: false });
  if (before && !before.isFile()) writeFileSync(path, text);
  else if (before) writeBeside(realpathSync(path), bytesIn(text), before);
  else {
    mkdirSync(dirname(path), { recursive: true });
    writeBeside(path, bytesIn(text), undefined);
  }
}

function bytesIn(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? Buffer.from(text) : text;
}

function writeBeside(target: string, bytes: Uint8Array, before: Stats | undefined): void {
  const beside = join(dirname(target), `.${process.pid}.nginxlint.tmp`);
  const file = openSync(beside, 'wx', before ? before.mode & 0o777 : 0o666);
  try {
    try {
      writeFileSync(file, bytes);
      if (before) keepOwner(file, before);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/** Owner before mode: a change of owner clears the bits that run a file as its owner. */
function keepOwner(file: number, { mode, uid, gid }: Stats): void {
  const now = fstatSync(file);
  if (now.uid !== uid || now.gid !== gid) fchownSync(file, uid, gid);
  fchmodSync(file, mode & 0o7777);
}
