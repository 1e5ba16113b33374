import type { SourceText } from '../base/source-text.ts';
import type { ConfigTree } from '../config/config-tree.ts';
import type { Diagnostic, Suppressed, Suppression } from '../diagnostics/diagnostic.ts';
import { main } from '../schema/contexts.ts';
import type { File } from '../syntax/tree.ts';
import { isOff, isOn, type LintOptions, optionsAt } from './options.ts';
import type { Rule } from './rule.ts';
import { settle } from './run.ts';
import { type Entry, type FileSuppressions, suppressionsOf } from './suppression-entries.ts';
import { problemsOf } from './suppression-problems.ts';
import { unusedOf } from './suppression-unused.ts';

/** Findings as they are shown, and those that comments keep from it. */
export interface Presented {
  readonly diagnostics: readonly Diagnostic[];
  readonly suppressed: readonly Suppressed[];
}

/** Takes out what the comments of the files suppress, and adds what is wrong with these comments. */
export function suppress(
  found: readonly Diagnostic[],
  configs: readonly ConfigTree[],
  options: LintOptions,
  rules: readonly Rule[],
): Presented {
  const files = filesOf(configs);
  const bySource = new Map<SourceText, FileSuppressions>();
  for (const file of files.keys()) {
    const suppressions = suppressionsOf(file, rules, optionsAt(options, file.source));
    if (suppressions) bySource.set(file.source, suppressions);
  }
  if (bySource.size === 0) return { diagnostics: found, suppressed: [] };
  const sieve = new Sieve(bySource);
  const all = [...bySource.values()];
  sieve.take([
    ...found,
    ...chosen(
      all.flatMap((file) => problemsOf(file, rules, optionsAt(options, file.file.source))),
      options,
    ),
  ]);
  const ofSyntax = new Set(rules.filter(({ category }) => category === 'syntax').map(({ id }) => id));
  const damaged = new Set(found.filter(({ rule }) => ofSyntax.has(rule)).map(({ span }) => span.source));
  for (const file of all) {
    const at = optionsAt(options, file.file.source);
    const didRun = (id: string) => didRunAt(id, rules, at);
    if (damaged.has(file.file.source)) continue;
    sieve.take(chosen(unusedOf(file, { didRun, isWhole: files.get(file.file) === true }), options));
  }
  return { diagnostics: settle(sieve.kept, options), suppressed: sieve.suppressed };
}

/** Each file once, with whether a whole configuration holds it. */
function filesOf(configs: readonly ConfigTree[]): ReadonlyMap<File, boolean> {
  const files = new Map<SourceText, File>();
  const whole = new Set<SourceText>();
  for (const { files: own, context } of configs) {
    for (const file of own) {
      if (!files.has(file.source)) files.set(file.source, file);
      if (context === main) whole.add(file.source);
    }
  }
  return new Map([...files].map(([source, file]) => [file, whole.has(source)]));
}

/** Those whose rules are on where they stand. */
function chosen(found: readonly (readonly [Rule, Diagnostic])[], options: LintOptions): readonly Diagnostic[] {
  return found.filter(([rule, { span }]) => isOn(rule, optionsAt(options, span.source))).map(([, diagnostic]) => diagnostic);
}

function didRunAt(id: string, rules: readonly Rule[], options: LintOptions): boolean {
  const rule = rules.find((one) => one.id === id);
  const { files, knowsName } = options.host ?? {};
  if (!rule || isOff(id, options) || (rule.asks && !(rule.asks === 'files' ? files : knowsName))) return false;
  return rule.madeIn === 'syntax' || rule.madeIn === 'config' || isOn(rule, options);
}

/** Parts findings into those that are shown and those that an entry covers. */
class Sieve {
  readonly kept: Diagnostic[] = [];
  readonly suppressed: Suppressed[] = [];
  readonly #byRule = new Map<SourceText, Map<string, Entry[]>>();

  constructor(bySource: ReadonlyMap<SourceText, FileSuppressions>) {
    for (const [source, { entries }] of bySource) {
      const byRule = new Map<string, Entry[]>();
      for (const entry of [...entries].sort((a, b) => a.from - b.from)) {
        for (const id of entry.ids ?? ['']) {
          const list = byRule.get(id);
          if (list) list.push(entry);
          else byRule.set(id, [entry]);
        }
      }
      this.#byRule.set(source, byRule);
    }
  }

  take(found: readonly Diagnostic[]): void {
    for (const diagnostic of found) {
      const entry = this.#entryFor(diagnostic);
      if (!entry) {
        this.kept.push(diagnostic);
        continue;
      }
      entry.isUsed = true;
      this.suppressed.push({ diagnostic, by: byComment(diagnostic, entry) });
    }
  }

  /** The innermost entry: the one that begins last. */
  #entryFor({ rule, span: { source, start } }: Diagnostic): Entry | undefined {
    const byRule = this.#byRule.get(source);
    for (const list of [byRule?.get(rule), byRule?.get('')]) {
      for (let index = lastFrom(list ?? [], start); index >= 0; index--) {
        const entry = list?.[index];
        if (entry && start < Math.max(entry.to, entry.from + 1)) return entry;
      }
    }
    return undefined;
  }
}

/** The last entry that begins at `offset` or before. */
function lastFrom(entries: readonly Entry[], offset: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle]?.from ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function byComment({ span: { source } }: Diagnostic, { comment }: Entry): Suppression {
  const span = { source, start: comment.start, end: comment.end };
  return { kind: 'comment', span, ...(comment.reason === undefined ? {} : { reason: comment.reason }) };
}
