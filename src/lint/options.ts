import type { Severity } from '../diagnostics/diagnostic.ts';
import type { Preset, Rule } from './rule.ts';

/** How to lint. */
export interface LintOptions {
  /** The release whose defaults and refusals count: `1.28`, `1.30.2`. */
  readonly nginxVersion: string;
  /** Sets of rules, added up; `defaultPresets` when absent. */
  readonly presets?: readonly Preset[];
  /** Single rules by id: off, on, or on with another severity. */
  readonly rules?: Readonly<Record<string, 'off' | 'on' | Severity>>;
  /** True, or names of upstreams, when back ends share their sessions (Redis, a database, signed tokens). */
  readonly sharedSessions?: boolean | readonly string[];
}

/** What is on when nothing is chosen: a load balancer's questions are the first ones people bring. */
export const defaultPresets: readonly Preset[] = ['recommended', 'load-balancing'];

/** The release that is meant when nobody says: the stable branch that distributions ship. */
export const defaultNginxVersion = '1.28';

/** Default options. */
export const defaultOptions: LintOptions = { nginxVersion: defaultNginxVersion };

/** True when the options turn the rule on. */
export function isOn(rule: Rule, { presets = defaultPresets, rules = {} }: LintOptions): boolean {
  const choice = Object.hasOwn(rules, rule.id) ? rules[rule.id] : undefined;
  if (choice !== undefined) return choice !== 'off';
  return presets.includes('strict') || rule.presets.some((preset) => presets.includes(preset));
}

/** The severity that the options give a rule's findings, if they give one. */
export function chosenSeverity(id: string, { rules = {} }: LintOptions): Severity | undefined {
  const choice = Object.hasOwn(rules, id) ? rules[id] : undefined;
  return choice === 'off' || choice === 'on' ? undefined : choice;
}
