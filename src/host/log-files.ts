import { closeSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import type { SystemError } from './host.ts';
import { systemError } from './node-socket.ts';

/** Files that lines are added to: each is opened once, and again when a signal says so (ngx_open_files_t). Paths are byte strings. */
export class LogFiles {
  readonly #open = new Map<string, number>();

  /** Opens a file for appending, creating it. */
  open(path: string): SystemError | undefined {
    if (this.#open.has(path)) return undefined;
    try {
      this.#open.set(path, path === standardError ? 2 : openSync(Buffer.from(path, 'latin1'), 'a', 0o644));
      return undefined;
    } catch (error) {
      return systemError(error);
    }
  }

  /** Adds bytes to an open file; what the disk does not take is lost, as nginx loses it. */
  write(path: string, bytes: string): void {
    const file = this.#open.get(path);
    if (file === undefined) return;
    try {
      writeSync(file, bytes, null, 'latin1');
    } catch {
      // ngx_log_error_core and ngx_http_log_write go on with a full disk or a closed pipe.
    }
  }

  /** Opens every file again under its name (ngx_reopen_files); one that cannot be opened stays as it is. */
  reopen(failed: (path: string, error: SystemError) => void): void {
    for (const [path, old] of [...this.#open]) {
      if (path === standardError) continue;
      this.#open.delete(path);
      const error = this.open(path);
      if (error) {
        this.#open.set(path, old);
        failed(path, error);
      } else closeSync(old);
    }
  }

  /** The names of what is open. */
  get paths(): ReadonlySet<string> {
    return new Set(this.#open.keys());
  }

  /** Closes the files that are not in `paths`. */
  keepOnly(paths: ReadonlySet<string>): void {
    for (const [path, file] of [...this.#open]) {
      if (paths.has(path) || path === standardError) continue;
      closeSync(file);
      this.#open.delete(path);
    }
  }
}

/** The name under which lines go to this process's standard error. */
export const standardError = 'stderr';

/** Writes a small file in one step, so that nobody sees half of it. */
export function writeWhole(path: string, text: string): SystemError | undefined {
  const unfinished = Buffer.from(`${path}.${process.pid}`, 'latin1');
  try {
    writeFileSync(unfinished, text);
    renameSync(unfinished, Buffer.from(path, 'latin1'));
    return undefined;
  } catch (error) {
    return systemError(error);
  }
}

/** Gives a file another name. */
export function rename(from: string, to: string): SystemError | undefined {
  try {
    renameSync(Buffer.from(from, 'latin1'), Buffer.from(to, 'latin1'));
    return undefined;
  } catch (error) {
    return systemError(error);
  }
}

/** Removes a file that may be gone already. */
export function remove(path: string): void {
  rmSync(Buffer.from(path, 'latin1'), { force: true });
}
