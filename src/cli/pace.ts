import type { SourceText } from '../base/source-text.ts';
import type { ReadFailure, SourceLoader } from '../config/source-loader.ts';

/** What V8 is told while much is read, and what takes that back. */
export interface Pace {
  /** Whether to spare it, after so many bytes. */
  readonly isSparing: (bytes: number) => boolean;
  readonly spare: readonly string[];
  readonly restore: readonly string[];
}

/** Bytes of configuration above which it pays to tell V8 what not to do: to load what tells it takes 2 ms. */
export const worthSparing = 1 << 16;

/**
 * Counts what is read, and sets V8's flags by that. In the end they are as they were, because V8 keeps and takes compiled code
 * (launch.ts) only under the flags it started with.
 */
export function paced(files: SourceLoader, pace: Pace): { readonly loader: SourceLoader; end(): void } {
  let bytes = 0;
  let isSparing = false;
  const set = (on: boolean): void => {
    if (on === isSparing) return;
    isSparing = on;
    const { setFlagsFromString } = process.getBuiltinModule('node:v8');
    for (const flag of on ? pace.spare : pace.restore) setFlagsFromString(flag);
  };
  const read = (path: string): SourceText | ReadFailure => {
    const source = files.read(path);
    if ('text' in source) bytes += source.text.length;
    set(pace.isSparing(bytes));
    return source;
  };
  return { loader: { read, glob: (pattern) => files.glob(pattern) }, end: () => set(false) };
}
