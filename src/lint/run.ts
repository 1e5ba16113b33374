import { bug } from '../base/bug.ts';
import { bySpan, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { FindingCounts } from '../diagnostics/finding-counts.ts';
import type { Model } from '../model/build.ts';
import { referencesOf } from '../model/references.ts';
import { allUses, usesNamed } from '../model/scope.ts';
import { chosenSetting, chosenSeverity, isOff, type LintOptions, optionsAt, type SettingValue } from './options.ts';
import { overseen } from './oversee.ts';
import { registry } from './registry.ts';
import { diagnosticOf, type Finding, type Rule, type RuleContext } from './rule.ts';
import { inForce } from './variants.ts';

/** Everything that the rules in force find, in order of place. */
export function lint(model: Model, options: LintOptions, rules: readonly Rule[] = registry): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const references = referencesOf(model);
  const counts = new FindingCounts();
  for (const { rule, options: own, where } of inForce(model, options, rules)) {
    const context: RuleContext = {
      model,
      references,
      options: own,
      setting: <T extends SettingValue>(name: string) => settingOf(rule, name, own) as T,
      report: (finding) => {
        const { source } = finding.span;
        if (isReal(finding) && (!where || where.has(source)) && counts.takes(rule.id, source))
          found.push(diagnosticOf(rule, finding));
      },
    };
    const { check, each, on } = overseen(rule, context, found);
    if (check && occursAny(rule.needs, model)) check(context);
    // One rule after the other: that keeps its code at hand.
    if (each) for (const use of allUses(model.root)) each(use, context);
    if (on) for (const use of usesNamed(model.root, Object.keys(on))) on[use.entry.name]?.(use, context);
  }
  return settle(withoutRepeatedInsertions(found), options);
}

/** Drops what the options turn off, changes severities, sorts and de-duplicates: for findings of every origin. */
export function settle(found: readonly Diagnostic[], options: LintOptions): readonly Diagnostic[] {
  const kept = new Map<string, Diagnostic>();
  for (const diagnostic of found) {
    const at = optionsAt(options, diagnostic.span.source);
    if (isOff(diagnostic.rule, at)) continue;
    const key = keyOf(diagnostic);
    if (!kept.has(key)) kept.set(key, withSeverity(diagnostic, at));
  }
  return [...kept.values()].sort(bySpan);
}

function occursAny(names: readonly string[] | undefined, { root }: Model): boolean {
  return names === undefined || names.some((name) => usesNamed(root, [name]).length > 0);
}

function settingOf({ id, settings }: Rule, name: string, options: LintOptions): SettingValue {
  const facts = settings?.[name] ?? bug(`${id} has no setting ${name}`);
  return chosenSetting(id, name, options) ?? facts.default;
}

/** A node that recovery supposed has no bytes in the file: what is said at its place would point at nothing. An empty file has no other place. */
function isReal({ span }: Finding): boolean {
  return span.end > span.start || span.source.text === '';
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
