import type { SourceText } from '../../base/source-text.ts';
import type { Diagnostic, Severity, Suppressed } from '../diagnostic.ts';
import type { Paint } from './paint.ts';

/** What a format may say about a rule. */
export interface RuleFacts {
  readonly id: string;
  readonly category: string;
  readonly severity: Severity;
  /** One line. */
  readonly summary: string;
  /** Where to read on; the first one is the most telling. */
  readonly references: readonly string[];
  /** The rule's page, as Markdown; empty when it is not at hand. */
  readonly page: string;
}

/** What a run leaves for the formats to write up. */
export interface LintReport {
  /** Who reports; nginxlint unless said. */
  readonly tool?: string;
  /** What is shown, in order of place. */
  readonly findings: readonly Diagnostic[];
  /** What comments keep from being shown. */
  readonly suppressed: readonly Suppressed[];
  /** What was known before, and is in the baseline. */
  readonly baselined: readonly Diagnostic[];
  /** How many are not shown because a change did not cause them. */
  readonly older: number;
  /** Every file read. */
  readonly files: readonly SourceText[];
  /** The directory that `pathOf` starts from, absolute, without a slash at its end. */
  readonly root: string;
  /** A file's name for other programs: relative to `root` where it lies below it, with slashes. */
  pathOf(source: SourceText): string;
  /** The same as long as the finding stays what it is, wherever its lines move. */
  fingerprintOf(diagnostic: Diagnostic): string;
  /** Undefined for a code that no rule has. */
  ruleOf(id: string): RuleFacts | undefined;
  readonly version: string;
  /** Findings only, no summary. */
  readonly isQuiet: boolean;
  /** True when fixes were made already, and `--fix` need not be named. */
  readonly isFixed: boolean;
}

/** Writes up a report; the text ends with a line end unless it is empty. */
export type Render = (report: LintReport, paint: Paint) => string;

/** All that is said about a finding, a line each: what, why, what to write, nginx's own words. */
export function wholeMessage({ message, why, help, nginx }: Diagnostic): string {
  const said = [why, help && `help: ${help}`, nginx && `nginx: ${nginx}`].filter((line) => line !== undefined && line !== '');
  return [message, ...said].join('\n');
}

/** A severity in the words of formats that know three. */
export function threeLevels<T>(severity: Severity, [error, warning, note]: readonly [T, T, T]): T {
  return severity === 'error' ? error : severity === 'warning' ? warning : note;
}

/** Findings grouped by the path of their file, in order of first appearance. */
export function byPath({ findings, pathOf }: LintReport): ReadonlyMap<string, readonly Diagnostic[]> {
  const groups = new Map<string, Diagnostic[]>();
  for (const finding of findings) {
    const path = pathOf(finding.span.source);
    const group = groups.get(path);
    if (group) group.push(finding);
    else groups.set(path, [finding]);
  }
  return groups;
}
