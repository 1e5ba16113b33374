import type { SourceText } from '../../base/source-text.ts';
import type { Diagnostic, Severity } from '../../diagnostics/diagnostic.ts';
import type { FormatChoices } from '../../lint/configuration/config.ts';
import type { Selection } from '../../lint/configuration/selection.ts';
import type { LintOptions } from '../../lint/options.ts';
import type { Rule } from '../../lint/rule.ts';
import type { FormatChoice } from './report-formats.ts';
import type { WatchMemory } from './watch-memory.ts';

/** The command line of `nginxlint [paths…]`, read and checked. */
export interface CommandLine extends OutputSettings, SelectionSettings, RuleSettings, InputSettings {
  readonly paths: readonly string[];
  /** Gets the files that were read. */
  readonly onRead?: (files: readonly SourceText[]) => void;
  /** What an earlier run has left. */
  readonly memory?: WatchMemory;
}

/** The command line together with the configuration file. */
export interface LintSettings extends CommandLine, Project {
  /** Gets the findings that are shown. */
  readonly onShown?: (findings: readonly Diagnostic[]) => void;
  /** Told what is being done, often. */
  readonly onProgress?: (what: string) => void;
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
  /** The file in which results are kept. */
  readonly cache?: string;
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
  /** What counts against the configuration file. */
  readonly project: ProjectOptions;
  /** Whether the time of each rule is shown, and the number of its findings. */
  readonly timing: boolean;
  readonly statistics: boolean;
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

/** What the configuration file and the command line say together; the command line wins. */
export interface Project {
  readonly lint: LintOptions;
  /** Ours and those of plugins. */
  readonly rules: readonly Rule[];
  /** True for names of files that are not linted. */
  readonly isIgnored: (name: string) => boolean;
  /** What is wrong with the configuration file. */
  readonly configFindings: readonly Diagnostic[];
  /** What shows only afterwards: patterns that mean no file. */
  readonly afterwards: () => readonly Diagnostic[];
  readonly minSeverity: Severity;
  readonly failOn: Severity;
  readonly maxWarnings?: number;
  /** How `nginxc fmt` writes. */
  readonly format: FormatChoices;
}

/** What the command line says of these. */
export interface ProjectOptions {
  /** The configuration file; false for none. */
  readonly config?: string | false;
  readonly target: Pick<LintOptions, 'nginxVersion' | 'flavor' | 'modules'>;
  readonly selection: Selection;
  readonly minSeverity?: Severity;
  readonly failOn?: Severity;
  readonly maxWarnings?: number;
}
