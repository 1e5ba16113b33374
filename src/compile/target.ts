import type { Model } from '../model/build.ts';
import type { Gap } from './gaps.ts';

/** What compiling to another program's configuration gives. */
export interface Compiled {
  /** The whole file, without the comments about gaps. Bytes. */
  readonly text: string;
  /** What became of every directive of the model, in order of files and lines. */
  readonly gaps: readonly Gap[];
}

/** A program whose configurations can be written; `O` is what a user may choose. */
export interface Target<O> {
  /** As gaps and messages call it: `haproxy`. */
  readonly name: string;
  compile(model: Model, options: O): Compiled;
}
