import type { Severity } from '../diagnostics/diagnostic.ts';
import type { LintOptions } from '../lint/options.ts';

/** How findings are written. */
export type Format = 'pretty' | 'concise' | 'json';

/** The command line of `nginxlint [paths…]`, read and checked. */
export interface LintSettings {
  readonly paths: readonly string[];
  readonly format: Format;
  /** Undefined: as the terminal and NO_COLOR say. */
  readonly color?: boolean;
  readonly fix: boolean;
  readonly unsafeFixes: boolean;
  readonly diff: boolean;
  /** The nginx that is meant, as far as it is known. */
  readonly target: Pick<LintOptions, 'nginxVersion' | 'flavor' | 'modules'>;
  /** The context of files that do not tell. */
  readonly context?: number;
  /** Where relative includes start. */
  readonly prefix?: string;
  readonly stdinFilename?: string;
  /** What is shown: this and graver. */
  readonly minSeverity: Severity;
  /** What makes the exit code 1: this and graver. */
  readonly failOn: Severity;
  readonly quiet: boolean;
}
