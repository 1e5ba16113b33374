import type { SourceText } from '../base/source-text.ts';
import type { Model } from '../model/build.ts';
import { isOn, type LintOptions, optionsAt } from './options.ts';
import type { Rule } from './rule.ts';

/** A rule to run. */
export interface Running {
  readonly rule: Rule;
  /** The options that its settings come from. */
  readonly options: LintOptions;
  /** The files in which its findings count; undefined means all. */
  readonly where?: ReadonlySet<SourceText>;
}

/** The rules that the options turn on; one that overrides give several settings runs once for each. */
export function inForce(model: Model, options: LintOptions, rules: readonly Rule[]): readonly Running[] {
  if (!options.overrides) return rules.filter((rule) => isOn(rule, options)).map((rule) => ({ rule, options }));
  const variants = new Map<LintOptions, SourceText[]>();
  for (const { source } of model.config.files) {
    const at = optionsAt(options, source);
    const sources = variants.get(at);
    if (sources) sources.push(source);
    else variants.set(at, [source]);
  }
  return rules.flatMap((rule) => runsOf(rule, variants));
}

function runsOf(rule: Rule, variants: ReadonlyMap<LintOptions, readonly SourceText[]>): readonly Running[] {
  const runs = new Map<string, { readonly rule: Rule; readonly options: LintOptions; readonly where: Set<SourceText> }>();
  for (const [options, sources] of variants) {
    if (!isOn(rule, options)) continue;
    const choice = options.rules?.[rule.id];
    const key = typeof choice === 'object' ? JSON.stringify(choice[1]) : '';
    let run = runs.get(key);
    if (!run) runs.set(key, (run = { rule, options, where: new Set() }));
    for (const source of sources) run.where.add(source);
  }
  return [...runs.values()];
}
