import { type Condition, parseCondition } from '../../../grammar/condition.ts';
import type { ConfigDirective } from '../../config/config-tree.ts';
import { type Language, languageOf } from '../../regex/language.ts';
import { inLowerCase } from '../address.ts';
import { readLocationName } from '../routes/location-name.ts';
import type { Scope, Use } from '../scope.ts';

/** A regular expression that is run while a request is served; without a language where the pattern is not understood. */
export interface Matching {
  readonly directive: ConfigDirective;
  readonly language: Language | null;
  /** What it is matched against, as a value. */
  readonly subject: string;
}

/** Something that gives a variable its value while a block's rewrite directives run. */
export interface Step {
  readonly order: number;
  readonly use: Use | null;
  /** The `if` block that it stands in. */
  readonly inside: Scope | null;
  /** It is only done when something matches. */
  readonly sometimes: boolean;
  /** Nothing behind its `if` block, or itself, sees the value: the request is gone by then. */
  readonly leaves: boolean;
  readonly gives: { readonly value: string } | { readonly match: Matching; readonly name: string } | 'unknown';
}

/** What is known of a variable's text: a pattern that it matches or does not, or the text itself. */
export type Knowledge = { readonly matches: Language } | { readonly fails: Language } | { readonly is: string };

/** What is known of a variable behind an `if` that sends everything else away. */
export interface Guard {
  readonly order: number;
  readonly knowledge: Knowledge;
}

/** What is known of a variable inside the block of an `if`. */
export interface Premise {
  readonly variable: string;
  readonly knowledge: Knowledge;
}

/** What the rewrite directives of one server or location do, `if` blocks included, by variable. */
export interface BlockSteps {
  /** By name in lower case; numbered groups, all of them, under `groups`. */
  readonly byName: ReadonlyMap<string, readonly Step[]>;
  readonly guards: ReadonlyMap<string, readonly Guard[]>;
  /** By the block of the `if`. */
  readonly premises: ReadonlyMap<Scope, Premise>;
  readonly orders: ReadonlyMap<Use, number>;
}

/** The key of numbered groups: no variable is called so. */
export const groups = '$1…$9';

const memory = new WeakMap<Scope, BlockSteps>();

/** The steps of a server or location, gathered once. */
export function stepsOf(block: Scope): BlockSteps {
  let steps = memory.get(block);
  if (!steps) memory.set(block, (steps = new Gathering(block).result()));
  return steps;
}

type Where = Pick<Step, 'inside' | 'leaves'>;

/** Directives that run in order, in the rewrite phase. */
export const ordered: ReadonlySet<string> = new Set(['set', 'rewrite', 'if', 'return', 'break']);

/** Most blocks have none of it: they share these. */
const nothing: BlockSteps = { byName: new Map(), guards: new Map(), premises: new Map(), orders: new Map() };

class Gathering {
  private byName: Map<string, Step[]> | undefined;
  private guards: Map<string, Guard[]> | undefined;
  private premises: Map<Scope, Premise> | undefined;
  private orders: Map<Use, number> | undefined;
  private passed = 0;

  constructor(block: Scope) {
    this.opening(block);
    this.gather(block, { inside: null, leaves: false });
  }

  result(): BlockSteps {
    const { byName, guards, premises, orders } = this;
    if (!byName && !orders) return nothing;
    return {
      byName: byName ?? nothing.byName,
      guards: guards ?? nothing.guards,
      premises: premises ?? nothing.premises,
      orders: orders ?? nothing.orders,
    };
  }

  /** The patterns that led into the block. */
  private opening({ directive, uses }: Scope): void {
    if (directive?.name === 'location') {
      const { kind, name, caseless } = readLocationName(directive.args);
      if (kind === 'regex')
        this.matches({ directive, language: languageOf(name, caseless), subject: '$uri' }, null, { order: -1 });
      return;
    }
    for (const use of uses) {
      if (use.directive.name !== 'server_name') continue;
      for (const name of use.directive.args) {
        if (!name.startsWith('~')) continue;
        const match = { directive: use.directive, language: languageOf(name.slice(1), true), subject: '$host' };
        this.matches(match, use, { order: -1, sometimes: true });
      }
    }
  }

  private gather(scope: Scope, where: Where): void {
    for (const use of scope.uses) {
      const { name, args } = use.directive;
      if (name === 'set') this.give(args[0], use, where, { value: args[1] ?? '' });
      else if (name.startsWith('set_') && /^set_\w+$/.test(name)) for (const arg of args) this.give(arg, use, where, 'unknown');
      else if (name === 'rewrite') this.rewrite(use, where);
      if (name === 'if' && use.opened) this.condition(use, use.opened);
      else this.pass(use);
    }
  }

  private pass(use: Use): void {
    const order = this.passed++;
    if (!ordered.has(use.entry.name)) return;
    this.orders ??= new Map();
    this.orders.set(use, order);
  }

  private give(variable: string | undefined, use: Use, where: Where, gives: Step['gives']): void {
    if (!variable?.startsWith('$')) return;
    this.add(inLowerCase(variable.slice(1)), { ...where, use, gives });
  }

  private rewrite(use: Use, { inside, leaves: gone }: Where): void {
    const { directive } = use;
    const [pattern = '', replacement = '', flag] = directive.args;
    const leaves =
      gone || ['last', 'redirect', 'permanent'].includes(flag ?? '') || /^(?:https?:\/\/|\$scheme)/.test(replacement);
    this.forgetGroups(use, { inside, leaves: gone });
    this.matches({ directive, language: languageOf(pattern), subject: '$uri' }, use, { inside, sometimes: true, leaves });
  }

  private condition(use: Use, opened: Scope): void {
    const { condition } = parseCondition(use.directive.args);
    const leaves = opened.uses.some(({ directive }) => endsRequest(directive));
    if (condition) this.guard(condition, opened, leaves);
    const match = condition?.kind === 'match' ? matchOf(use.directive, condition) : undefined;
    const negative = condition?.kind === 'match' && condition.operator.startsWith('!');
    if (match) this.forgetGroups(use, { inside: null, leaves: false });
    if (match && !negative) this.matches(match, use, { inside: opened, leaves });
    this.pass(use);
    this.gather(opened, { inside: opened, leaves });
    // Behind a block that only what does not match gets into.
    if (match && negative) this.matches(match, use, { order: this.passed - 1, sometimes: !leaves });
  }

  /** A regular expression that does not match empties `$1` … (ngx_http_script_regex_start_code), but not named groups. */
  private forgetGroups(use: Use, where: Where): void {
    this.add(groups, { ...where, use, gives: { value: '' } });
  }

  private guard(condition: Condition, opened: Scope, leaves: boolean): void {
    if (condition.kind === 'compare' && condition.operator === '=' && !condition.right.includes('$'))
      this.suppose(opened, { variable: inLowerCase(condition.variable), knowledge: { is: condition.right } });
    if (condition.kind !== 'match') return;
    const language = languageOf(condition.right, condition.operator.endsWith('*'));
    if (!language) return;
    const variable = inLowerCase(condition.variable);
    const positive = condition.operator.startsWith('~');
    this.suppose(opened, { variable, knowledge: positive ? { matches: language } : { fails: language } });
    if (leaves)
      push((this.guards ??= new Map()), variable, {
        order: this.passed,
        knowledge: positive ? { fails: language } : { matches: language },
      });
  }

  private suppose(opened: Scope, premise: Premise): void {
    this.premises ??= new Map();
    this.premises.set(opened, premise);
  }

  private matches(match: Matching, use: Use | null, where: Partial<Step>): void {
    this.add(groups, { use, ...where, gives: { match, name: '' } });
    for (const name of match.language?.names.keys() ?? []) this.add(inLowerCase(name), { use, ...where, gives: { match, name } });
  }

  private add(name: string, step: Pick<Step, 'gives' | 'use'> & Partial<Step>): void {
    push((this.byName ??= new Map()), name, { order: this.passed, inside: null, sometimes: false, leaves: false, ...step });
  }
}

function matchOf(directive: ConfigDirective, { variable, operator, right }: Extract<Condition, { kind: 'match' }>): Matching {
  return { directive, language: languageOf(right, operator.endsWith('*')), subject: `\${${variable}}` };
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function endsRequest({ name, args }: ConfigDirective): boolean {
  return name === 'return' || (name === 'rewrite' && (args[2] === 'last' || args[2] === 'redirect' || args[2] === 'permanent'));
}
