import type { SourceText } from '../base/source-text.ts';
import type { Severity } from '../diagnostics/diagnostic.ts';
import type { HostQuestions } from '../model/check/host-questions.ts';
import { newestStable } from '../schema/version.ts';

/** Every preset. */
export const presetNames = [
  'recommended',
  'load-balancing',
  'security',
  'performance',
  'style',
  'cis',
  'stig',
  'strict',
  'nginx-t',
  'all',
] as const;

/** Named sets of rules. Without a choice `recommended` and `load-balancing` are on. */
export type Preset = (typeof presetNames)[number];

/** A value of a rule's setting. */
export type SettingValue = number | string | boolean | readonly string[];

/** What is chosen for one rule: off, on, on with another severity, or that with settings of its own. */
export type RuleChoice = RuleLevel | readonly [level: RuleLevel, settings: Readonly<Record<string, SettingValue>>];
/** Off, on as the rule is, or on with this severity. */
export type RuleLevel = 'off' | 'on' | Severity;

/** What differs for some files: what it does not give stays as it is. */
export interface Override {
  /** True for the files that are meant; `name` as it is shown in findings. */
  readonly matches: (name: string) => boolean;
  /** In place of the presets chosen for all files. */
  readonly presets?: readonly Preset[];
  /** Single rules by id; settings are added to those chosen for all files. */
  readonly rules?: Readonly<Record<string, RuleChoice>>;
}

/** A clock, and who wants to know. */
export interface Meter {
  now(): number;
  add(rule: string, time: number): void;
}

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
  /** What differs for some files; of several for one file the later ones win. */
  readonly overrides?: readonly Override[];
  /** The day it is, `2026-11-22`: what is suppressed until a day is reported again after it. Without it, no day is over. */
  readonly today?: string;
  /** Where the time goes: `add` gets what each call of a rule took, in the unit of `now`. */
  readonly meter?: Meter;
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

/** The options for one file: those for all, with the overrides that match it. */
export function optionsAt(options: LintOptions, { name }: SourceText): LintOptions {
  const { overrides, ...base } = options;
  if (!overrides) return options;
  let matched = 0n;
  for (const [index, { matches }] of overrides.entries()) if (matches(name)) matched |= 1n << BigInt(index);
  let known = combined.get(options);
  if (!known) combined.set(options, (known = new Map()));
  let result = known.get(matched);
  if (!result) {
    result = overrides.reduce(
      (sum, override, index) => (matched & (1n << BigInt(index)) ? overridden(sum, override) : sum),
      base,
    );
    known.set(matched, result);
  }
  return result;
}

/** Options for one file, by the overrides that match it, a bit for each. */
const combined = new WeakMap<LintOptions, Map<bigint, LintOptions>>();

function overridden(options: LintOptions, { presets = options.presets, rules = {} }: Override): LintOptions {
  const merged: Record<string, RuleChoice> = { ...options.rules };
  for (const [id, choice] of Object.entries(rules)) merged[id] = mergedChoice(merged[id], choice);
  return { ...options, ...(presets && { presets }), rules: merged };
}

/** A later choice wins over an earlier one, whose settings stay where the later one says nothing of them. */
export function mergedChoice(earlier: RuleChoice | undefined, later: RuleChoice): RuleChoice {
  const settings = typeof earlier === 'object' ? earlier[1] : undefined;
  if (typeof later === 'object') return [later[0], { ...settings, ...later[1] }];
  return settings ? [later, settings] : later;
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
