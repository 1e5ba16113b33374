import { bytesOf, display, lineAt, type SourceText } from '../../base/source-text.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { DiskFiles } from '../../host/files.ts';
import { baseOf, type Difference, differenceTo, type GitFailure, headOf } from '../../host/git.ts';
import { keyText } from '../../lint/finding-key.ts';
import { type Streams, UsageError } from '../streams.ts';
import { viewOf } from './git-views.ts';
import { type Inputs, inputsOf } from './lint-inputs.ts';
import type { LintSettings } from './lint-settings.ts';
import type { Outcome } from './lint-workspace.ts';

/** The two states of the files that a change lies between. */
export interface States {
  readonly before: DiskFiles;
  readonly after: DiskFiles;
}

/** More changed lines than this in a file, and all of its lines count as changed. */
const mostEdits = 4000;

/** Finds the states that `--changed` or `--staged` compares; a `UsageError` where git can't tell. */
export function statesOf({ changed, staged }: LintSettings, disk: DiskFiles, cwd: string): States {
  const option = staged ? '--staged' : '--changed';
  const answer = <T>(given: T | GitFailure): T => {
    if (given instanceof Object && 'error' in given) throw new UsageError(`${option} needs git: ${given.error}`);
    return given as T;
  };
  const view = (tree: string): DiskFiles => viewOf(answer<Difference>(differenceTo(tree, cwd)), disk, cwd);
  if (staged) return { before: view(answer(headOf(cwd))), after: view('index') };
  return { before: view(answer(baseOf(changed ?? 'HEAD', cwd))), after: disk };
}

/** What linting the files as they were before gives; nothing when none of them was there. */
export async function findingsBefore(
  { before }: States,
  settings: LintSettings,
  streams: Streams,
  run: (inputs: Inputs, disk: DiskFiles) => Outcome,
): Promise<Outcome | undefined> {
  const paths = settings.paths.filter((path) => before.kindOf(bytesOf(path)) !== undefined);
  if (settings.paths.length > 0 && paths.length === 0) return undefined;
  try {
    return run(await inputsOf({ ...settings, paths }, before, streams), before);
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

/** The findings that a change caused: those that there are more of than before, and those on changed lines. */
export async function causedBy(outcome: Outcome, before: Outcome | undefined): Promise<ReadonlySet<Diagnostic>> {
  if (!before) return new Set(outcome.diagnostics);
  const old = grouped(before);
  const isTouched = await touchedLines(before);
  const caused = new Set<Diagnostic>();
  for (const [key, findings] of grouped(outcome)) {
    const touched = findings.filter(isTouched);
    for (const finding of touched) caused.add(finding);
    const missing = findings.length - (old.get(key)?.length ?? 0) - touched.length;
    const others = findings.filter((finding) => !touched.includes(finding));
    for (const finding of others.slice(Math.max(0, others.length - Math.max(0, missing)))) caused.add(finding);
  }
  return caused;
}

function grouped({ diagnostics, keyOf }: Outcome): ReadonlyMap<string, readonly Diagnostic[]> {
  const groups = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const key = keyText(keyOf(diagnostic));
    const group = groups.get(key);
    if (group) group.push(diagnostic);
    else groups.set(key, [diagnostic]);
  }
  return groups;
}

/** Blanks around a line and at its end do not make it another one. */
async function touchedLines(before: Outcome): Promise<(finding: Diagnostic) => boolean> {
  const { diffArrays } = await import('diff');
  const texts = new Map(before.files.map((source) => [source.name, source.text]));
  const known = new Set(texts.values());
  const lines = new Map<SourceText, ReadonlySet<number> | 'all'>();
  const linesOf = (source: SourceText): ReadonlySet<number> | 'all' => {
    const old = texts.get(source.name);
    // The same text under another name was moved.
    if (old === source.text || known.has(source.text)) return new Set();
    if (old === undefined) return 'all';
    const changes = diffArrays(trimmed(old), trimmed(source.text), { maxEditLength: mostEdits });
    if (!changes) return 'all';
    const changed = new Set<number>();
    let line = 1;
    for (const { added, removed, count } of changes) {
      if (added) for (let i = 0; i < count; i++) changed.add(line + i);
      if (!removed) line += count;
    }
    return changed;
  };
  return ({ span: { source, start } }) => {
    let touched = lines.get(source);
    if (!touched) lines.set(source, (touched = linesOf(source)));
    return touched === 'all' || touched.has(lineAt(source, start));
  };
}

function trimmed(text: string): string[] {
  return display(text)
    .split('\n')
    .map((line) => line.trim());
}
