import { nearest, similarTo } from '../base/nearest.ts';
import { foreignIds } from './foreign-ids.ts';
import { presetNames } from './options.ts';
import type { Rule } from './rule.ts';

/** What a selector names: ids of rules, in the order of the list; or why it names none. */
export type Selected = { readonly ids: readonly string[] } | { readonly error: string; readonly help?: string };

/** Names that stand for many rules. */
const everything = ['all', 'strict'];

/**
 * The rules that a text names: an id, a pattern (`check-*`), a preset or a category (all that bears the name), or
 * another checker's id (`gixy:host_spoofing`).
 */
export function rulesNamed(selector: string, rules: readonly Rule[]): Selected {
  const exact = rules.find(({ id }) => id === selector);
  if (exact) return { ids: [selector] };
  if (selector.includes(':')) return foreign(selector, rules);
  if (selector.includes('*')) {
    const pattern = new RegExp(`^${selector.split('*').map(escaped).join('.*')}$`);
    const ids = rules.filter(({ id }) => pattern.test(id)).map(({ id }) => id);
    return ids.length > 0 ? { ids } : { error: `no rule's id matches "${selector}"` };
  }
  const ids = rules.filter((rule) => bears(rule, selector)).map(({ id }) => id);
  return ids.length > 0 || presetNames.some((preset) => preset === selector) ? { ids } : unknown(selector, rules);
}

function bears({ category, presets }: Rule, name: string): boolean {
  return category === name || everything.includes(name) || presets.some((preset) => preset === name);
}

function foreign(selector: string, rules: readonly Rule[]): Selected {
  const at = selector.indexOf(':');
  const [tool, id] = [selector.slice(0, at), selector.slice(at + 1)];
  const names = Object.hasOwn(foreignIds, tool) ? foreignIds[tool] : undefined;
  if (!names) return { error: `no checker is called "${tool}"`, help: `those known are ${Object.keys(foreignIds).join(', ')}` };
  const ours = Object.hasOwn(names, id) ? (names[id] ?? []) : undefined;
  if (!ours) {
    const [near] = nearest(similarTo(id, Object.keys(names)));
    return { error: `${tool} has no check "${id}"`, ...(near === undefined ? {} : { help: `did you mean "${tool}:${near}"?` }) };
  }
  const ids = ours.filter((one) => rules.some((rule) => rule.id === one));
  return ids.length > 0 ? { ids } : { error: `no rule here does what ${selector} does` };
}

function unknown(selector: string, rules: readonly Rule[]): Selected {
  const near = similarRule(selector, rules);
  return {
    error: `no rule, preset or category is called "${selector}"`,
    ...(near === undefined ? {} : { help: `did you mean "${near}"?` }),
  };
}

/** The rule, preset or category that was probably meant; another checker's id gives ours. */
export function similarRule(name: string, rules: readonly Rule[]): string | undefined {
  for (const names of Object.values(foreignIds)) {
    const [ours] = Object.hasOwn(names, name) ? (names[name] ?? []) : [];
    if (ours !== undefined && rules.some(({ id }) => id === ours)) return ours;
  }
  const candidates = new Set(rules.flatMap(({ id, category, presets }) => [id, category, ...presets]));
  return nearest(similarTo(name, candidates))[0];
}

function escaped(text: string): string {
  return text.replace(/[^\w-]/g, '\\$&');
}
