import { mergedChoice, type RuleChoice, type RuleLevel, type SettingValue } from '../options.ts';
import type { Rule } from '../rule.ts';
import { rulesNamed } from '../selectors.ts';
import { typeOf } from './schema.ts';
import { type Path, type Problem, problemsWith } from './validate.ts';

type Choices = Readonly<Record<string, RuleChoice>>;
type Settings = Readonly<Record<string, SettingValue>>;

/** Choices by id, and what is wrong with the names they were written with. */
export interface ExpandedChoices {
  readonly rules: Choices;
  readonly problems: readonly Problem[];
}

/** Makes choices for single rules out of patterns, presets, categories and ids: ids last, whatever the order. */
export function expandChoices(written: Choices, rules: readonly Rule[], path: Path): ExpandedChoices {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const problems: Problem[] = [];
  const choices: Record<string, RuleChoice> = {};
  const setBy = new Map<string, string>();
  const reach = new Map<string, readonly string[]>();
  const entries = Object.entries(written);
  const ordered = [...entries.filter(([key]) => !byId.has(key)), ...entries.filter(([key]) => byId.has(key))];
  for (const [key, choice] of ordered) {
    const named = rulesNamed(key, rules);
    if ('error' in named) {
      problems.push({ path: [...path, key], atKey: true, message: named.error, help: named.help, severity: 'error' });
      continue;
    }
    const settings = typeof choice === 'object' ? (choice[1] ?? {}) : {};
    problems.push(...settingProblems(settings, { ids: named.ids, byId, path: [...path, key, 1] }));
    reach.set(key, named.ids);
    for (const id of named.ids) {
      choices[id] = mergedChoice(choices[id], choiceFor(byId.get(id), choice, settings));
      setBy.set(id, key);
    }
  }
  for (const [key, ids] of reach) {
    const winners = ids.map((id) => setBy.get(id) ?? key);
    if (winners.includes(key)) continue;
    const message = `"${key}" has no effect: ${[...new Set(winners)].map((name) => `"${name}"`).join(', ')} decides`;
    problems.push({ path: [...path, key], atKey: true, message, severity: 'warning' });
  }
  return { rules: choices, problems };
}

/** A pattern's settings go to those rules that have them. */
function choiceFor(rule: Rule | undefined, choice: RuleChoice, settings: Settings): RuleChoice {
  const level: RuleLevel = typeof choice === 'object' ? choice[0] : choice;
  const own = Object.entries(settings).filter(([name]) => Object.hasOwn(rule?.settings ?? {}, name));
  return own.length === 0 ? level : [level, Object.fromEntries(own)];
}

interface Named {
  readonly ids: readonly string[];
  readonly byId: ReadonlyMap<string, Rule>;
  readonly path: Path;
}

/** What the schema does not see, because it knows no rules behind a pattern: settings nobody has, values of another type. */
function settingProblems(settings: Settings, { ids, byId, path }: Named): readonly Problem[] {
  if (ids.length === 1 && ids[0] === path.at(-2)) return [];
  return Object.entries(settings).flatMap(([name, value]): Problem[] => {
    const facts = ids.flatMap((id) => byId.get(id)?.settings?.[name] ?? []);
    const at = [...path, name];
    if (facts.length === 0) {
      return [{ path: at, atKey: true, message: `none of these rules has a setting "${name}"`, severity: 'error' }];
    }
    const fits = facts.some(({ default: usual }) => [...problemsWith(value, typeOf(usual))].length === 0);
    return fits ? [] : [{ path: at, message: `"${name}" takes another kind of value`, severity: 'error' }];
  });
}
