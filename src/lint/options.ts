import type { Severity } from '../diagnostics/diagnostic.ts';
import type { HostQuestions } from '../model/check/host-questions.ts';
import { newestStable } from '../schema/version.ts';

/** Named sets of rules. Without a choice `recommended` and `load-balancing` are on. */
export type Preset =
  | 'recommended'
  | 'load-balancing'
  | 'security'
  | 'performance'
  | 'style'
  | 'cis'
  | 'stig'
  | 'strict'
  | 'nginx-t'
  | 'all';

/** A value of a rule's setting. */
export type SettingValue = number | string | boolean | readonly string[];

/** What is chosen for one rule: off, on, on with another severity, or that with settings of its own. */
export type RuleChoice = RuleLevel | readonly [level: RuleLevel, settings: Readonly<Record<string, SettingValue>>];
type RuleLevel = 'off' | 'on' | Severity;

/** How to lint. */
export interface LintOptions {
  /**
   * The release whose defaults and refusals count: `1.28`, `1.30.2`. When it is not known, refusals are those of the
   * newest stable release, and a default that has changed is reported when a release still in use is affected. Of a
   * range, `1.22..1.28`, what any release refuses is reported.
   */
  readonly nginxVersion?: string;
  /** Whose nginx it is: `oss`, `plus`, `openresty`, `tengine`, `angie`, `freenginx`. Not known: nobody's additions are errors. */
  readonly flavor?: string;
  /** What it is built with, against all modules we know: `+check,-stream`. */
  readonly modules?: string;
  /** Sets of rules, added up; `defaultPresets` when absent. */
  readonly presets?: readonly Preset[];
  /** Single rules by id. */
  readonly rules?: Readonly<Record<string, RuleChoice>>;
  /** What may be asked of the machine: files, users, names. Default: nothing. */
  readonly host?: HostQuestions;
  /** True, or names of upstreams, when back ends share their sessions (Redis, a database, signed tokens). */
  readonly sharedSessions?: boolean | readonly string[];
}

/** What is on when nothing is chosen: a load balancer's questions are the first ones people bring. */
export const defaultPresets: readonly Preset[] = ['recommended', 'load-balancing'];

/** The oldest release that distributions still ship (Debian 12). */
const oldestInUse = '1.22';

/** The releases that a configuration may meet: one when it is known, else from the oldest in use to the newest stable. */
export function releasesOf({ nginxVersion }: LintOptions): { readonly oldest: string; readonly newest: string } {
  const [oldest = oldestInUse, newest = oldest] = nginxVersion?.split('..') ?? [oldestInUse, newestStable];
  return { oldest, newest };
}

/** True when the options turn the rule on. */
export function isOn(rule: { readonly id: string; readonly presets: readonly Preset[] }, options: LintOptions): boolean {
  const level = levelOf(rule.id, options);
  if (level !== undefined) return level !== 'off';
  const { presets = defaultPresets } = options;
  return presets.includes('all') || presets.includes('strict') || rule.presets.some((preset) => presets.includes(preset));
}

/** The severity that the options give a rule's findings, if they give one. */
export function chosenSeverity(id: string, options: LintOptions): Severity | undefined {
  const level = levelOf(id, options);
  return level === 'off' || level === 'on' ? undefined : level;
}

/** True when the options turn the rule off by name. */
export function isOff(id: string, options: LintOptions): boolean {
  return levelOf(id, options) === 'off';
}

/** The value that the options give a setting of a rule, if they give one. */
export function chosenSetting(id: string, name: string, { rules = {} }: LintOptions): SettingValue | undefined {
  const choice = Object.hasOwn(rules, id) ? rules[id] : undefined;
  return typeof choice === 'object' && Object.hasOwn(choice[1], name) ? choice[1][name] : undefined;
}

function levelOf(id: string, { rules = {} }: LintOptions): RuleLevel | undefined {
  const choice = Object.hasOwn(rules, id) ? rules[id] : undefined;
  return typeof choice === 'object' ? choice[0] : choice;
}
