import type { SourceText } from '../base/source-text.ts';
import type { Directive, File } from '../syntax/tree.ts';

/** One directive with its includes spliced in; its origin is kept. */
export interface ConfigDirective {
  readonly name: string;
  /** Values of the arguments, unquoted and unescaped; byte strings. */
  readonly args: readonly string[];
  /** The node it comes from, for places and edits. */
  readonly node: Directive;
  readonly source: SourceText;
  /** What stands in its block, includes spliced; null without a block or when its block is foreign code. */
  readonly children: readonly ConfigDirective[] | null;
  readonly parent: ConfigDirective | null;
  /** The `include` directives that led here, outermost first. */
  readonly includedBy: readonly ConfigDirective[];
}

/** One configuration: a root file, or a fragment, with everything it includes. */
export interface ConfigTree {
  readonly root: File;
  /** The context of the root's top level: `main` for a whole nginx.conf, otherwise that of the fragment. */
  readonly context: number;
  /** True when the context was told from the directives alone: the fragment may belong elsewhere. */
  readonly contextIsGuess: boolean;
  readonly directives: readonly ConfigDirective[];
  /** Every file read, in order of first inclusion; the root comes first. */
  readonly files: readonly File[];
  /** True when nothing is missing: a whole nginx.conf whose includes were all found. */
  readonly closed: boolean;
}
