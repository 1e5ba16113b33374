import type { Severity } from '../diagnostics/diagnostic.ts';
import type { LintOptions } from '../lint/options.ts';
import type { FormatChoice } from './report-formats.ts';

/** The command line of `nginxlint [paths…]`, read and checked. */
export interface LintSettings extends OutputSettings, SelectionSettings, RuleSettings, InputSettings {
  readonly paths: readonly string[];
}

/** What is written where. */
export interface OutputSettings {
  readonly formats: readonly FormatChoice[];
  /** Undefined: as the terminal and NO_COLOR say. */
  readonly color?: boolean;
  readonly fix: boolean;
  readonly unsafeFixes: boolean;
  readonly diff: boolean;
  readonly quiet: boolean;
}

/** Which findings are news. */
export interface SelectionSettings {
  /** The baseline's file; undefined: the usual one if it is there; false: none. */
  readonly baseline?: string | false;
  readonly updateBaseline: boolean;
  /** What the files are compared with: a commit. */
  readonly changed?: string;
  /** Whether the index is compared with the last commit. */
  readonly staged: boolean;
}

/** What is asked, and what the answers count for. */
export interface RuleSettings {
  /** The nginx that is meant, as far as it is known. */
  readonly target: Pick<LintOptions, 'nginxVersion' | 'flavor' | 'modules'>;
  /** What is shown: this and graver. */
  readonly minSeverity: Severity;
  /** What makes the exit code 1: this and graver. */
  readonly failOn: Severity;
}

/** What is read. */
export interface InputSettings {
  /** Whether the machine's files and names are looked at. */
  readonly checkFiles: boolean;
  readonly checkDns: boolean;
  /** The context of files that do not tell. */
  readonly context?: number;
  /** Where relative includes start. */
  readonly prefix?: string;
  readonly stdinFilename?: string;
}
