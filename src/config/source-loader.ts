import type { SourceText } from '../base/source-text.ts';

/** Why a file can't be read: libc's words (`No such file or directory`) and number; 0 where only we refuse it. */
export interface ReadFailure {
  readonly error: string;
  readonly errno: number;
}

/** Where configuration files come from: the host's disk, an `nginx -T` dump, a test's object. Paths are byte strings. */
export interface SourceLoader {
  /** The file's text, or why it cannot be read. The same path gives the same object as long as its text is the same. */
  read(path: string): SourceText | ReadFailure;
  /** Paths that match a libc glob pattern, in libc's order; empty when none does. */
  glob(pattern: string): readonly string[];
}

/** libc's number for a file that does not exist. */
export const ENOENT = 2;

/** libc's number for a directory where a file should be. */
export const EISDIR = 21;
