import { bug } from '../base/bug.ts';
import { bySpan, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Model } from '../model/build.ts';
import { referencesOf } from '../model/references.ts';
import { scopesWithin, type Use } from '../model/scope.ts';
import { chosenSetting, chosenSeverity, isOff, isOn, type LintOptions, type SettingValue } from './options.ts';
import { registry } from './registry.ts';
import { diagnosticOf, type Finding, type Rule, type RuleContext } from './rule.ts';

type Visit = (use: Use) => void;

/** Everything that the rules in force find, in order of place; one walk serves them all. */
export function lint(model: Model, options: LintOptions, rules: readonly Rule[] = registry): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const named = new Map<string, Visit[]>();
  const each: Visit[] = [];
  const references = referencesOf(model);

  for (const rule of rules) {
    if (!isOn(rule, options)) continue;
    const context: RuleContext = {
      model,
      references,
      options,
      setting: <T extends SettingValue>(name: string) => settingOf(rule, name, options) as T,
      report: (finding) => isReal(finding) && found.push(diagnosticOf(rule, finding)),
    };
    rule.check?.(context);
    const { each: visit } = rule;
    if (visit) each.push((use) => visit(use, context));
    for (const [name, visitNamed] of Object.entries(rule.on ?? {})) {
      named.set(name, [...(named.get(name) ?? []), (use) => visitNamed(use, context)]);
    }
  }

  walk(model, named, each);
  return settle(withoutRepeatedInsertions(found), options);
}

/** Drops what the options turn off, changes severities, sorts and de-duplicates: for findings of every origin. */
export function settle(found: readonly Diagnostic[], options: LintOptions): readonly Diagnostic[] {
  const kept = new Map<string, Diagnostic>();
  for (const diagnostic of found) {
    if (isOff(diagnostic.rule, options)) continue;
    const key = keyOf(diagnostic);
    if (!kept.has(key)) kept.set(key, withSeverity(diagnostic, options));
  }
  return [...kept.values()].sort(bySpan);
}

function settingOf({ id, settings }: Rule, name: string, options: LintOptions): SettingValue {
  const facts = settings?.[name] ?? bug(`${id} has no setting ${name}`);
  return chosenSetting(id, name, options) ?? facts.default;
}

function walk(model: Model, named: ReadonlyMap<string, readonly Visit[]>, each: readonly Visit[]): void {
  for (const scope of scopesWithin(model.root)) {
    for (const use of scope.uses) {
      for (const visit of each) visit(use);
      for (const visit of named.get(use.directive.name) ?? []) visit(use);
    }
  }
}

/** A node that recovery supposed has no bytes in the file: what is said at its place would point at nothing. */
function isReal({ span }: Finding): boolean {
  return span.end > span.start;
}

/** A snippet included in several places makes one finding. */
function keyOf({ rule, span }: Diagnostic): string {
  return `${rule} ${span.start} ${span.end} ${span.source.name}`;
}

function withSeverity(diagnostic: Diagnostic, options: LintOptions): Diagnostic {
  const severity = chosenSeverity(diagnostic.rule, options);
  return severity ? { ...diagnostic, severity } : diagnostic;
}

/**
 * Two findings of one rule can want the same line in the same block (two upstreams behind one variable). The first
 * keeps its fix; the second is found again, or no more, once that is made.
 */
function withoutRepeatedInsertions(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const taken = new Set<string>();
  return found.map((diagnostic) => {
    const { fix, rule, ...rest } = diagnostic;
    const places = (fix?.edits ?? [])
      .filter(({ span }) => span.start === span.end)
      .map(({ span }) => `${rule} ${span.start} ${span.source.name}`);
    if (places.some((place) => taken.has(place))) return { rule, ...rest };
    for (const place of places) taken.add(place);
    return diagnostic;
  });
}
