import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { SourceText } from '../../base/source-text.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { putFile } from '../../host/write-file.ts';
import { type FindingKey, keyText } from '../../lint/finding-key.ts';
import { UsageError } from '../streams.ts';
import type { Outcome } from './lint-workspace.ts';
import { pathFrom } from './report-paths.ts';

/** Findings of one key in one file that are known and not reported. */
export interface KnownFinding extends FindingKey {
  /** From the baseline's directory on, with slashes. */
  readonly file: string;
  readonly count: number;
}

/** What a baseline knows of a run's findings. */
export interface Comparison {
  readonly known: ReadonlySet<Diagnostic>;
  /** What the baseline has and the run did not find, in the files that were read or are gone; `count` is how many. */
  readonly stale: readonly KnownFinding[];
}

interface BaselineFile {
  readonly version: 1;
  readonly findings: readonly KnownFinding[];
}

/** Reads a baseline; a `UsageError` when it is none. */
export function readBaseline(file: string): readonly KnownFinding[] {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`cannot read the baseline ${file}: ${(error as Error).message}`);
  }
  if (!isBaseline(content)) throw new UsageError(`${file} is no baseline of nginxlint: --update-baseline writes one`);
  return content.findings;
}

/** Tells the findings that a baseline knows; of equal keys the first ones in the file. */
export function compareWith(baseline: readonly KnownFinding[], outcome: Outcome, file: string, cwd: string): Comparison {
  const placeOf = placesFrom(file, cwd);
  const left = new Map(baseline.map((entry) => [identity(entry), entry.count]));
  const known = new Set<Diagnostic>();
  for (const diagnostic of outcome.diagnostics) {
    const key = identity({ ...outcome.keyOf(diagnostic), file: placeOf(diagnostic.span.source) });
    const count = left.get(key) ?? 0;
    if (count === 0) continue;
    left.set(key, count - 1);
    known.add(diagnostic);
  }
  const read = new Set(outcome.files.map(placeOf));
  const stale = baseline
    .map((entry) => ({ ...entry, count: left.get(identity(entry)) ?? 0 }))
    .filter((entry) => entry.count > 0 && (read.has(entry.file) || isGone(entry, file)));
  return { known, stale };
}

/** Writes the findings of a run as the baseline, in one step; what it has of files that were not read stays. */
export function writeBaseline(file: string, outcome: Outcome, findings: readonly Diagnostic[], cwd: string): void {
  const placeOf = placesFrom(file, cwd);
  const entries = new Map<string, KnownFinding>();
  const read = new Set(outcome.files.map(placeOf));
  for (const entry of existsSync(file) ? readBaseline(file) : []) {
    if (!read.has(entry.file) && !isGone(entry, file)) entries.set(identity(entry), entry);
  }
  for (const diagnostic of findings) {
    const entry = { file: placeOf(diagnostic.span.source), ...outcome.keyOf(diagnostic) };
    const key = identity(entry);
    entries.set(key, { ...entry, count: (entries.get(key)?.count ?? 0) + 1 });
  }
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
  const content: BaselineFile = { version: 1, findings: sorted };
  putFile(file, `${JSON.stringify(content, null, 2)}\n`);
}

function identity(entry: Omit<KnownFinding, 'count'>): string {
  return `${entry.file}\n${keyText(entry)}`;
}

function placesFrom(file: string, cwd: string): (source: SourceText) => string {
  return ({ name }) => pathFrom(dirname(file), name, cwd);
}

function isGone(entry: KnownFinding, file: string): boolean {
  return !existsSync(resolve(dirname(file), entry.file));
}

function isBaseline(content: unknown): content is BaselineFile {
  const { version, findings } = (content ?? {}) as Partial<BaselineFile>;
  const isKnown = ({ file, rule, path, kind, count }: KnownFinding) =>
    [file, rule, path, kind].every((text) => typeof text === 'string') && Number.isSafeInteger(count) && count > 0;
  return version === 1 && Array.isArray(findings) && findings.every((entry) => entry instanceof Object && isKnown(entry));
}
