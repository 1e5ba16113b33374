import type { Severity } from '../../diagnostics/diagnostic.ts';
import { targetsOf } from '../../model/check/target-options.ts';
import { type LintOptions, mergedChoice, type Preset, type RuleChoice } from '../options.ts';
import type { Rule } from '../rule.ts';
import type { ConfigOverride, FormatChoices, NginxlintConfig } from './config.ts';
import { pluginRules } from './plugin-rules.ts';
import { expandChoices } from './rule-choices.ts';
import { configSchema } from './schema.ts';
import { isRecord, type Path, type Problem, problemsWith } from './validate.ts';

/** One configuration of a chain: what another one extends stands before it. */
export interface Part {
  readonly value: unknown;
  /** Where it stands in its file: empty but for an object within `extends`. */
  readonly path: Path;
}

/** Something wrong, and in which part. */
export interface PartProblem extends Problem {
  readonly part: number;
}

/** An override whose patterns start from the directory of its part. */
export interface CombinedOverride {
  readonly part: number;
  readonly index: number;
  readonly files: readonly string[];
  readonly presets?: readonly Preset[];
  readonly rules: Readonly<Record<string, RuleChoice>>;
}

/** What a chain of configurations says together. */
export interface Combined {
  readonly problems: readonly PartProblem[];
  /** Ours and those of plugins. */
  readonly rules: readonly Rule[];
  readonly options: Pick<LintOptions, 'presets' | 'rules' | 'nginxVersion' | 'flavor' | 'modules' | 'sharedSessions'>;
  readonly overrides: readonly CombinedOverride[];
  readonly ignores: readonly { readonly part: number; readonly pattern: string; readonly index: number }[];
  readonly failOn?: Severity;
  readonly maxWarnings?: number;
  readonly minSeverity?: Severity;
  readonly format?: FormatChoices;
}

type Growing = { -readonly [Key in keyof Combined]: Combined[Key] };

/** Checks the parts and puts them together: rules are merged, lists of files added up, all else is the last part's that says it. */
export function combine(parts: readonly Part[], ours: readonly Rule[]): Combined {
  const problems: PartProblem[] = [];
  const rules = [...ours];
  for (const [part, { value, path }] of parts.entries()) {
    const found = pluginRules(value, path, rules);
    rules.push(...found.rules);
    problems.push(...found.problems.map((problem) => ({ ...problem, part })));
  }
  const schema = configSchema(rules);
  const result: Growing = { problems, rules, options: {}, overrides: [], ignores: [] };
  for (const [part, { value, path }] of parts.entries()) {
    const wrong = [...problemsWith(withoutCode(value), schema, path)].filter((problem) => !isRuleName(problem, path));
    problems.push(...wrong.map((problem) => ({ ...problem, part })));
    if (!isRecord(value)) continue;
    if (wrong.length > 0) problems.push(...wrongNames(value, path, rules).map((problem) => ({ ...problem, part })));
    else add(result, value as NginxlintConfig, { part, path, rules, problems });
  }
  return result;
}

interface At {
  readonly part: number;
  readonly path: Path;
  readonly rules: readonly Rule[];
  readonly problems: PartProblem[];
}

function add(result: Growing, config: NginxlintConfig, at: At): void {
  const { part, path, problems } = at;
  const own = choicesIn(config.rules, [...path, 'rules'], at);
  const { presets, nginxVersion, flavor, modules, sharedSessions, failOn, maxWarnings, minSeverity, format } = config;
  const merged: Record<string, RuleChoice> = { ...result.options.rules };
  for (const [id, choice] of Object.entries(own)) merged[id] = mergedChoice(merged[id], choice);
  result.options = defined({
    ...result.options,
    ...defined({ presets, nginxVersion, flavor, modules, sharedSessions }),
    rules: merged,
  });
  Object.assign(result, defined({ failOn, maxWarnings, minSeverity }));
  if (format) result.format = { ...result.format, ...format };
  result.ignores = [...result.ignores, ...(config.ignores ?? []).map((pattern, index) => ({ part, pattern, index }))];
  const overrides = (config.overrides ?? []).map((override, index) => combinedOverride(override, index, at));
  problems.push(...overridesProblems(overrides, path).map((problem) => ({ ...problem, part })));
  result.overrides = [...result.overrides, ...overrides];
  const targets = targetsOf(defined({ nginxVersion, flavor, modules }));
  if ('error' in targets)
    problems.push({ part, path: [...path, targetKey(targets.error)], message: targets.error, severity: 'error' });
}

function choicesIn(written: NginxlintConfig['rules'], path: Path, { rules, problems, part }: At) {
  const expanded = expandChoices(written ?? {}, rules, path);
  problems.push(...expanded.problems.map((problem) => ({ ...problem, part })));
  return expanded.rules;
}

function combinedOverride({ files, presets, rules }: ConfigOverride, index: number, at: At): CombinedOverride {
  const path = [...at.path, 'overrides', index, 'rules'];
  return { part: at.part, index, files, ...(presets && { presets }), rules: choicesIn(rules, path, at) };
}

/** Overrides that say nothing, or whose every word a later one for the same files takes back. */
function overridesProblems(overrides: readonly CombinedOverride[], path: Path): readonly Problem[] {
  return overrides.flatMap(({ files, presets, rules, index }): Problem[] => {
    const at = [...path, 'overrides', index];
    const ids = Object.keys(rules);
    if (ids.length === 0 && !presets) return [{ path: at, message: 'this override changes nothing', severity: 'warning' }];
    const later = overrides.slice(index + 1).filter((other) => other.files.join('\n') === files.join('\n'));
    const lost = ids.filter((id) => later.some((other) => Object.hasOwn(other.rules, id) && isOther(other.rules[id], rules[id])));
    return lost.map((id) => ({
      path: [...at, 'rules', id],
      message: `this choice for ${id} has no effect: a later override for the same files makes another`,
      severity: 'warning' as const,
    }));
  });
}

function isOther(one: RuleChoice | undefined, other: RuleChoice | undefined): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}

/** Names of rules are judged where patterns are, in `expandChoices`. */
function isRuleName({ unknownKey, path }: Problem, { length }: Path): boolean {
  const inner = path.slice(length);
  return unknownKey !== undefined && inner.at(-2) === 'rules' && (inner.length === 2 || inner[0] === 'overrides');
}

/** Names of rules in a configuration that does not fit the schema otherwise. */
function wrongNames(
  { rules: own, overrides }: Readonly<Record<string, unknown>>,
  path: Path,
  rules: readonly Rule[],
): readonly Problem[] {
  const inOverrides = (Array.isArray(overrides) ? overrides : []).map((one, index) => [['overrides', index], one] as const);
  return [[[], { rules: own }] as const, ...inOverrides].flatMap(([at, one]) => {
    const written: unknown = isRecord(one) ? one.rules : undefined;
    if (!isRecord(written)) return [];
    const names = Object.fromEntries(Object.keys(written).map((name) => [name, 'on' as const]));
    return expandChoices(names, rules, [...path, ...at, 'rules']).problems.filter(({ severity }) => severity === 'error');
  });
}

/** Without what JSON can't say, which is checked elsewhere. */
function withoutCode(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const { plugins: _, extends: base, ...rest } = value;
  const texts = (Array.isArray(base) ? base : [base]).filter((one) => !isRecord(one));
  return base === undefined ? rest : { ...rest, extends: texts.length === 1 && !Array.isArray(base) ? base : texts };
}

function targetKey(error: string): string {
  return /flavor/.test(error) ? 'flavor' : /module/.test(error) ? 'modules' : 'nginxVersion';
}

/** Without the keys that hold nothing. */
function defined<T extends object>(object: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as never;
}
