import type { Arity } from './arity.ts';
import type { Context } from './contexts.ts';
import type { Filled, Merge, Setting } from './setting.ts';
import type { ValueKind } from './values/kind.ts';

/** What a reader may ask and say while it turns arguments into a setting. */
export interface Reading {
  /** The directive's name, for messages. */
  readonly name: string;
  /** The context the directive stands in, one bit. */
  readonly context: Context;
  /** The configuration's block of free lines (`map`, `types` …), as [words, byte offset in the source]. */
  readonly lines: readonly (readonly string[])[];
  /** Reports nginx's own words at argument `index` (default: the directive); returns undefined, for `return fail(…)`. */
  fail(nginx: string, index?: number): undefined;
}

/** Whether a directive may stand twice in one block (nginx: "is duplicate"). */
export type Repeat =
  | 'no'
  | 'yes'
  | 'yes-unique-name'
  | 'yes-unique-zone'
  | 'yes-unique-address'
  | 'accumulate'
  | 'last-wins'
  | 'last-wins-warn'
  | 'sequential'
  | 'idempotent'
  | 'ignored';

/** What stands between a block's braces. */
export type BlockSpec =
  | { readonly opens: Context }
  | { readonly opensIn: readonly (readonly [Context, Context])[] }
  | { readonly data: string }
  | { readonly raw: true };

/** What held before a release. */
export interface Change {
  readonly before: string;
  readonly args?: Arity;
  readonly in?: Context;
  readonly value?: ValueKind;
  readonly repeat?: Repeat;
}

/** Facts that every directive has; their source is nginx's command table and manual. */
export interface DirectiveFacts {
  /** Where it may stand: a set of contexts. */
  readonly in: Context;
  readonly args: Arity;
  readonly block?: BlockSpec;
  readonly value?: ValueKind;
  readonly repeat?: Repeat;
  /** How it crosses into inner blocks, for directives that fill no setting yet; `value` when absent. */
  readonly merge?: Merge;
  /** nginx's default, as written in a configuration; several words are several directives. */
  readonly default?: readonly string[];
  /** First and first-missing release. */
  readonly since?: string;
  readonly until?: string;
  readonly deprecated?: { readonly since?: string; readonly replacement?: string; readonly effect?: string };
  /** Only in commercial nginx; `openSince`: the release that brought it to open source. */
  readonly commercial?: true;
  readonly openSince?: string;
  /** What held before a release. */
  readonly changes?: readonly Change[];
  /** Path below nginx.org. */
  readonly doc?: string;
}

/** A directive of a module whose settings are `S`: facts, and possibly the setting it fills. */
export type DirectiveSpec<S extends Settings = Settings> = DirectiveFacts &
  ({ readonly sets?: never; readonly read?: never } | Fills<S>);

/** A module's settings by name. */
// biome-ignore lint/suspicious/noExplicitAny: a setting of any type
export type Settings = Readonly<Record<string, Setting<any>>>;

type Fills<S extends Settings> = {
  [K in keyof S & string]: {
    readonly sets: K;
    /** Turns the arguments into what the setting holds; undefined after `at.fail`. */
    readonly read: (args: readonly string[], at: Reading, before: Filled<S[K]> | undefined) => Filled<S[K]> | undefined;
  };
}[keyof S & string];
