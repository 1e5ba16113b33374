import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Replaces a file's bytes in one step: a new file beside it takes its name, with its mode and owner, so that a reader
 * sees the old text or the new one, and a failure leaves the old. A symbolic link stays one; its target is replaced.
 */
export function replaceFile(path: string, bytes: string): void {
  const target = realpathSync(path);
  const { mode, uid, gid } = statSync(target);
  const beside = join(dirname(target), `.${process.pid}.nginxlint.tmp`);
  const file = openSync(beside, 'wx', mode & 0o777);
  try {
    try {
      writeFileSync(file, bytes, 'latin1');
      if (process.getuid?.() === 0) fchownSync(file, uid, gid);
      fchmodSync(file, mode & 0o7777);
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
