import type { Rule } from '../rule.ts';
import { isRecord, type Path, type Problem } from './validate.ts';

/** The rules that a configuration's plugins bring, those that can be run. */
export function pluginRules(
  value: unknown,
  path: Path,
  known: readonly Rule[],
): { readonly rules: readonly Rule[]; readonly problems: readonly Problem[] } {
  const rules: Rule[] = [];
  const problems: Problem[] = [];
  const plugins = isRecord(value) ? (value.plugins ?? []) : [];
  if (!Array.isArray(plugins)) return { rules, problems: [wrong([...path, 'plugins'], 'plugins must be a list')] };
  for (const [index, plugin] of plugins.entries()) {
    const at = [...path, 'plugins', index];
    const own: unknown = isRecord(plugin) ? plugin.rules : undefined;
    if (!Array.isArray(own)) {
      problems.push(wrong(at, `plugins[${index}] must be an object with a list of rules`));
      continue;
    }
    for (const [number, rule] of own.entries()) {
      const problem = problemWith(rule, [...known, ...rules]);
      if (problem === undefined) rules.push(complete(rule as Rule));
      else problems.push(wrong([...at, 'rules', number], `plugins[${index}].rules[${number}] ${problem}`));
    }
  }
  return { rules, problems };
}

/** What a rule cannot be run without. */
function problemWith(rule: unknown, known: readonly Rule[]): string | undefined {
  if (!isRecord(rule)) return 'must be a rule, made with defineRule';
  const { id, severity, check, each, on, presets, references, settings } = rule;
  if (typeof id !== 'string' || !/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/.test(id)) return 'needs an id like "acme/no-port-8080"';
  if (known.some((one) => one.id === id)) return `is the second with the id "${id}"`;
  if (!['error', 'warning', 'info', 'hint'].includes(String(severity)))
    return `("${id}") needs a severity: error, warning, info or hint`;
  if (![check, each, ...Object.values(isRecord(on) ? on : {})].some((one) => typeof one === 'function'))
    return `("${id}") does nothing: it needs check, each or on`;
  if (!isTexts(presets) || !isTexts(references)) return `("${id}") needs lists of strings as presets and references`;
  if (!isSettings(settings)) return `("${id}") needs settings like { max: { default: 3, about: 'the most that is good' } }`;
  return undefined;
}

/** Plain JavaScript may leave out what only tables and presets need. */
function complete(rule: Rule): Rule {
  const given = Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined)) as unknown as Rule;
  return { ...defaults, ...given };
}

const defaults = {
  category: 'correctness',
  summary: 'a rule of your own',
  fixable: false,
  presets: ['recommended'],
  references: [],
} as const;

function isTexts(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.every((one) => typeof one === 'string'));
}

function isSettings(value: unknown): boolean {
  if (value === undefined) return true;
  const isOne = (one: unknown) =>
    isRecord(one) &&
    (['string', 'number', 'boolean'].includes(typeof one.default) || (Array.isArray(one.default) && isTexts(one.default)));
  return isRecord(value) && Object.values(value).every(isOne);
}

function wrong(path: Path, message: string): Problem {
  return { path, message, severity: 'error' };
}
