import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import type { SourceText } from '../../base/source-text.ts';
import type { ReadFailure, SourceLoader } from '../../config/source-loader.ts';
import type { DiskFiles } from '../../host/files.ts';
import { putFile } from '../../host/write-file.ts';
import type { Override } from '../../lint/options.ts';
import { registry } from '../../lint/registry.ts';
import { version } from '../version.ts';
import { type FrozenOutcome, frozen, thawed } from './frozen-outcome.ts';
import type { Inputs } from './lint-inputs.ts';
import type { LintSettings } from './lint-settings.ts';
import type { Outcome } from './lint-workspace.ts';

/** Runs that are kept; the oldest goes first. */
const most = 16;

/** What linting asks of the world: a question, and its answer in short. */
type Trace = readonly (readonly [question: string, argument: string, answer: string])[];

interface Entry {
  readonly key: string;
  readonly trace: Trace;
  readonly outcome: FrozenOutcome;
}

/** What linting is given. */
export interface Run {
  readonly inputs: Inputs;
  readonly settings: LintSettings;
  readonly disk: DiskFiles;
}

/**
 * Gives the outcome of an earlier run when it would come out again: the same options, the same nginxlint, and the same
 * answer to every question that run asked of files, directories and patterns. Otherwise lints, and keeps what came out.
 * A cache that can't be read is none; one that can't be written is said.
 */
export function lintCached(file: string, run: Run, lint: (run: Run) => Outcome, complain: (problem: string) => void): Outcome {
  if (!isKeepable(run.settings)) return lint(run);
  const key = keyOf(run);
  const entries = entriesIn(file);
  for (const entry of entries) {
    if (entry.key !== key) continue;
    const { asking, sources } = recorder(run);
    if (!entry.trace.every(([question, argument, answer]) => asking.again(question, argument) === answer)) continue;
    const outcome = thawed(entry.outcome, sources());
    if (outcome) return outcome;
  }
  const { asking, sources, watched } = recorder(run);
  const outcome = lint(watched);
  const kept = frozen(outcome, sources());
  if (!kept || run.settings.afterwards().length > 0) return outcome;
  try {
    putFile(file, JSON.stringify([{ key, trace: asking.trace(), outcome: kept }, ...entries].slice(0, most)));
  } catch (error) {
    complain(`the cache ${file} cannot be written: ${(error as Error).message}`);
  }
  return outcome;
}

/** What rules of others do, and what the machine answers, is not in any key. */
function isKeepable({ rules, lint, checkFiles, checkDns, configFindings }: LintSettings): boolean {
  if (checkFiles || checkDns || lint.meter || configFindings.length > 0) return false;
  return rules.length === registry.length && rules.every((rule) => registry.includes(rule));
}

/** Functions in options are left out of JSON; what they answer is in the trace. */
function keyOf({ inputs, settings: { lint, context, prefix } }: Run): string {
  const { size, mtimeMs } = statSync(__filename, { throwIfNoEntry: false }) ?? { size: 0, mtimeMs: 0 };
  return hashOf(JSON.stringify([version, process.version, size, mtimeMs, inputs.files, lint, context, prefix]));
}

function entriesIn(file: string): readonly Entry[] {
  if (!existsSync(file)) return [];
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(content) ? content.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is Entry {
  const { key, trace, outcome } = (value ?? {}) as Partial<Entry>;
  return (
    typeof key === 'string' &&
    Array.isArray(trace) &&
    trace.every((step) => Array.isArray(step) && step.length === 3 && step.every((part) => typeof part === 'string')) &&
    outcome instanceof Object
  );
}

/** Stands between linting and the world, and writes down what is asked. */
function recorder({ inputs, settings, disk }: Run) {
  const answers = new Map<string, readonly [string, string, string]>();
  const numbers = new Map<SourceText, number>();
  const note = <T>(question: string, argument: string, answer: T, short: string): T => {
    const asked = `${question}\n${argument}`;
    if (!answers.has(asked)) answers.set(asked, [question, argument, short]);
    return answer;
  };
  const inShort = (source: SourceText | ReadFailure): string => {
    if ('error' in source) return `${source.errno} ${source.error}`;
    // Two names of one file are one source: which one is part of the answer.
    const number = numbers.get(source) ?? numbers.size;
    numbers.set(source, number);
    return `${number} ${hashOf(source.text)}`;
  };
  const world = {
    read: (path: string, from: SourceLoader = inputs.loader) => {
      const source = from.read(path);
      return note('read', path, source, inShort(source));
    },
    glob: (pattern: string) => {
      const found = inputs.loader.glob(pattern);
      return note('glob', pattern, found, JSON.stringify(found));
    },
    kindOf: (path: string) => {
      const kind = disk.kindOf(path);
      return note('kind', path, kind, String(kind));
    },
    isIgnored: (name: string) => {
      const ignored = settings.isIgnored(name);
      return note('ignored', name, ignored, String(ignored));
    },
  };
  const overrides = settings.lint.overrides?.map(
    (one, index): Override => ({
      ...one,
      matches: (name) => {
        const matches = one.matches(name);
        return note(`override ${index}`, name, matches, String(matches));
      },
    }),
  );
  const ask: Readonly<Record<string, (argument: string) => unknown>> = {
    read: (path) => world.read(path),
    glob: world.glob,
    kind: world.kindOf,
    ignored: world.isIgnored,
    ...Object.fromEntries((overrides ?? []).map(({ matches }, index) => [`override ${index}`, matches])),
  };
  const watched: Run = {
    inputs: { ...inputs, loader: { read: world.read, glob: world.glob } },
    settings: { ...settings, isIgnored: world.isIgnored, lint: { ...settings.lint, ...(overrides && { overrides }) } },
    disk: { ...disk, kindOf: world.kindOf },
  };
  const asking = {
    /** The answer of today; undefined for a question that nobody asks. */
    again(question: string, argument: string): string | undefined {
      if (!Object.hasOwn(ask, question)) return undefined;
      ask[question]?.(argument);
      return answers.get(`${question}\n${argument}`)?.[2];
    },
    trace: (): Trace => [...answers.values()],
  };
  return { asking, sources: () => [...numbers.keys()], watched };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('base64');
}
