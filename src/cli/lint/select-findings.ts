import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { atLeast, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { type Streams, UsageError } from '../streams.ts';
import type { LintSettings } from './lint-settings.ts';
import type { Outcome } from './lint-workspace.ts';

/** A run's findings, sorted by whether they are news. */
export interface Selected {
  /** What is shown. */
  readonly visible: readonly Diagnostic[];
  /** What is in the baseline. */
  readonly baselined: readonly Diagnostic[];
  /** How many a change did not cause. */
  readonly older: number;
  /** Whether the exit code says that something was found. */
  readonly isFailure: boolean;
  /** What is said about the baseline, a line each. */
  readonly notes: readonly string[];
}

/** Keeps back what the baseline knows, and what `caused` lacks when there is such a set. */
export async function selectFindings(
  outcome: Outcome,
  settings: LintSettings,
  { cwd }: Streams,
  caused?: ReadonlySet<Diagnostic>,
): Promise<Selected> {
  const isShown = ({ severity }: Diagnostic) => atLeast(severity, settings.minSeverity);
  const young = caused ? outcome.diagnostics.filter((finding) => caused.has(finding)) : outcome.diagnostics;
  const { known, notes } = await comparison(outcome, settings, cwd());
  const news = young.filter((finding) => !known.has(finding));
  return {
    visible: news.filter(isShown),
    baselined: young.filter((finding) => known.has(finding)).filter(isShown),
    older: outcome.diagnostics.filter(isShown).length - young.filter(isShown).length,
    isFailure: isFailure(news, settings),
    notes,
  };
}

/** Whether the findings make the exit code 1: one grave enough, or too many warnings. */
function isFailure(news: readonly Diagnostic[], { failOn, maxWarnings = Infinity }: LintSettings): boolean {
  return (
    news.some(({ severity }) => atLeast(severity, failOn)) ||
    news.filter(({ severity }) => severity === 'warning').length > maxWarnings
  );
}

async function comparison(
  outcome: Outcome,
  { baseline, updateBaseline, minSeverity, paths }: LintSettings,
  cwd: string,
): Promise<{ known: ReadonlySet<Diagnostic>; notes: readonly string[] }> {
  const name = baseline ?? usual;
  const file = name === false ? undefined : resolve(cwd, name);
  if (file === undefined || (baseline === undefined && !updateBaseline && !existsSync(file)))
    return { known: new Set(), notes: [] };
  const { compareWith, readBaseline, writeBaseline } = await import('./baseline.ts');
  if (updateBaseline) {
    if (paths.includes('-')) throw new UsageError('--update-baseline is for files, not for standard input');
    const findings = outcome.diagnostics.filter(({ severity }) => atLeast(severity, minSeverity));
    writeBaseline(file, outcome, findings, cwd);
    return {
      known: new Set(outcome.diagnostics),
      notes: [`${findings.length} ${findings.length === 1 ? 'finding is' : 'findings are'} in ${name} now`],
    };
  }
  const { known, stale } = compareWith(readBaseline(file), outcome, file, cwd);
  if (stale.length === 0) return { known, notes: [] };
  const gone = stale.map(({ file, rule, path, count }) => `  ${file}: ${rule} at ${path}${count > 1 ? ` (${count} times)` : ''}`);
  const verb = stale.length === 1 ? 'entry is' : 'entries are';
  return { known, notes: [`${stale.length} ${verb} no longer found; --update-baseline takes them out of ${name}:`, ...gone] };
}

/** The baseline that is used when it is there and no other is named. */
const usual = '.nginxlint-baseline.json';
