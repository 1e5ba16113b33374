import type { SourceText } from '../base/source-text.ts';

/** Where configuration files come from: the host's disk, an `nginx -T` dump, a test's object. Paths are byte strings. */
export interface SourceLoader {
  /** The file's text, or why it cannot be read, in libc's words (`No such file or directory`). */
  read(path: string): SourceText | { readonly error: string; readonly errno: number };
  /** Paths that match a libc glob pattern, in libc's order; empty when none does. */
  glob(pattern: string): readonly string[];
}
