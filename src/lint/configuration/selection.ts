import { type LintOptions, mergedChoice, type Preset, type RuleChoice, type RuleLevel } from '../options.ts';
import type { Rule } from '../rule.ts';
import { rulesNamed } from '../selectors.ts';

/** What the command line says of rules; names as in `rules` of a configuration. */
export interface Selection {
  /** Only these. */
  readonly select?: readonly string[];
  /** These, too. */
  readonly extendSelect?: readonly string[];
  /** Not these. */
  readonly ignore?: readonly string[];
  /** In place of the configuration's presets. */
  readonly presets?: readonly Preset[];
}

/** What is said in any case: that there is nothing to look at. */
const always = new Set(['unreadable-file', 'invalid-config-file']);

type Choices = Record<string, RuleChoice>;

/** The options with a selection made: severities and settings stay. An unknown name is an error. */
export function withSelection(
  options: LintOptions,
  { select, extendSelect = [], ignore = [], presets }: Selection,
  rules: readonly Rule[],
): LintOptions | { readonly error: string } {
  const lists = [select ?? [], extendSelect, ignore].map((names) => idsOf(names, rules));
  for (const list of lists) if ('error' in list) return list;
  const [only, more, not] = lists.map((list) => ('error' in list ? new Set<string>() : list));
  const isOut = (id: string) =>
    not?.has(id) === true || (select !== undefined && !only?.has(id) && !more?.has(id) && !always.has(id));
  const choices: Choices = { ...options.rules };
  for (const id of [...(only ?? []), ...(more ?? [])]) choices[id] = turnedOn(choices[id]);
  for (const { id } of rules) if (isOut(id)) choices[id] = mergedChoice(choices[id], 'off');
  const overrides = options.overrides?.map(({ presets: own, rules: written = {}, ...rest }) => ({
    ...rest,
    ...(own && select === undefined && presets === undefined && { presets: own }),
    rules: Object.fromEntries(Object.entries(written).filter(([id]) => !isOut(id))),
  }));
  return { ...options, ...(presets && { presets }), rules: choices, ...(overrides && { overrides }) };
}

function idsOf(names: readonly string[], rules: readonly Rule[]): ReadonlySet<string> | { readonly error: string } {
  const ids = new Set<string>();
  for (const name of names) {
    const named = rulesNamed(name, rules);
    if ('error' in named) return { error: named.help === undefined ? named.error : `${named.error}; ${named.help}` };
    for (const id of named.ids) ids.add(id);
  }
  return ids;
}

function turnedOn(choice: RuleChoice | undefined): RuleChoice {
  const level: RuleLevel = typeof choice === 'object' ? choice[0] : (choice ?? 'on');
  return level === 'off' ? mergedChoice(choice, 'on') : (choice ?? 'on');
}
