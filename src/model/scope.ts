import type { ConfigDirective } from '../config/config-tree.ts';
import type { Context } from '../schema/contexts.ts';
import * as contexts from '../schema/contexts.ts';
import type { Merge } from '../schema/setting.ts';
import type { Entry } from './lookup.ts';

/** A directive in the place where it counts, with the meaning it has there. */
export interface Use {
  readonly directive: ConfigDirective;
  readonly entry: Entry;
  readonly scope: Scope;
  /** The scope that its block opens, if it opens one. */
  readonly opened: Scope | null;
}

/** One block of configuration (nginx: one set of module confs). */
export interface Scope {
  /** One context bit. */
  readonly context: Context;
  /** The directive that opens the block; null for the outermost one. */
  readonly directive: ConfigDirective | null;
  readonly parent: Scope | null;
  /** Everything that stands directly in it, in order, unknown and misplaced directives left out. */
  readonly uses: readonly Use[];
  readonly children: readonly Scope[];
  /** The bits (`bitOfName`) of the names in `uses`: a name whose bit is not set is not among them. */
  readonly names: number;
}

interface Index {
  readonly byName: Map<string, Use[]>;
  /** How many uses are in it; a scope that is still being filled has more. */
  size: number;
}

/** Blocks with fewer directives are searched, not indexed. */
const worthAnIndex = 16;
const indexes = new WeakMap<Scope, Index>();
const none: readonly Use[] = [];

const mostBits = 31;
const bits = new Map<string, number>();

/** One bit for a name that is used in a configuration; names share one when there are many. */
export function bitOfName(name: string): number {
  let bit = bits.get(name);
  if (bit === undefined) bits.set(name, (bit = 1 << (bits.size % mostBits)));
  return bit;
}

/** The uses of a name that stand directly in a scope; large blocks (`http` with thousands of servers) are indexed once. */
export function usesIn(scope: Scope, name: string): readonly Use[] {
  return (scope.names & (bits.get(name) ?? 0)) === 0 ? none : gathered(scope, name);
}

function gathered(scope: Scope, name: string): readonly Use[] {
  if (scope.uses.length >= worthAnIndex) return indexOf(scope).get(name) ?? none;
  let found: Use[] | undefined;
  for (const use of scope.uses) {
    if (use.entry.name !== name) continue;
    if (found) found.push(use);
    else found = [use];
  }
  return found ?? none;
}

/** The first use of a name that stands directly in a scope. */
export function useIn(scope: Scope, name: string): Use | undefined {
  if ((scope.names & (bits.get(name) ?? 0)) === 0) return undefined;
  if (scope.uses.length >= worthAnIndex) return indexOf(scope).get(name)?.[0];
  for (const use of scope.uses) if (use.entry.name === name) return use;
  return undefined;
}

function indexOf(scope: Scope): ReadonlyMap<string, readonly Use[]> {
  let index = indexes.get(scope);
  if (!index) indexes.set(scope, (index = { byName: new Map(), size: 0 }));
  for (; index.size < scope.uses.length; index.size++) {
    const use = scope.uses[index.size] as Use;
    const same = index.byName.get(use.directive.name);
    if (same) same.push(use);
    else index.byName.set(use.directive.name, [use]);
  }
  return index.byName;
}

const within = new WeakMap<Scope, readonly Scope[]>();

/** Every scope at or below `scope`, outer ones first; those of a whole model are gathered once, when it is built. */
export function scopesWithin(scope: Scope): readonly Scope[] {
  let scopes = scope.parent ? undefined : within.get(scope);
  if (!scopes) {
    scopes = add(scope, []);
    if (!scope.parent) within.set(scope, scopes);
  }
  return scopes;
}

function add(scope: Scope, scopes: Scope[]): readonly Scope[] {
  scopes.push(scope);
  for (const child of scope.children) add(child, scopes);
  return scopes;
}

/** Everything that is used in a configuration, in the order of its scopes. */
interface Order {
  readonly uses: readonly Use[];
  readonly named: ReadonlyMap<string, Named>;
}

/** The uses of one name, and where each is among all. */
interface Named {
  readonly uses: Use[];
  readonly places: number[];
}

const orders = new WeakMap<Scope, Order>();

function orderOf(root: Scope): Order {
  let order = orders.get(root);
  if (!order) orders.set(root, (order = ordered(root)));
  return order;
}

function ordered(root: Scope): Order {
  const uses: Use[] = [];
  const named = new Map<string, Named>();
  for (const scope of scopesWithin(root)) {
    for (const use of scope.uses) {
      let same = named.get(use.entry.name);
      if (!same) named.set(use.entry.name, (same = { uses: [], places: [] }));
      same.uses.push(use);
      same.places.push(uses.length);
      uses.push(use);
    }
  }
  return { uses, named };
}

/** Every use in a model of this root, outer scopes first; gathered once, when the model is built. */
export function allUses(root: Scope): readonly Use[] {
  return orderOf(root).uses;
}

/** Every name that is used somewhere in a model. */
export function namesUsed(root: Scope): Iterable<string> {
  return orderOf(root).named.keys();
}

/** Every use of these names in a model, in the order of `allUses`. */
export function usesNamed(root: Scope, names: Iterable<string>): readonly Use[] {
  const { uses, named } = orderOf(root);
  const met: Named[] = [];
  for (const name of names) {
    const one = named.get(name);
    if (one) met.push(one);
  }
  if (met.length < 2) return met[0]?.uses ?? none;
  const places = Uint32Array.from(met.flatMap((one) => one.places)).sort();
  return Array.from(places, (place) => uses[place] as Use);
}

/** How a use crosses into inner blocks. */
export function mergeOf({ entry: { facts, module } }: Use): Merge {
  if (facts.merge) return facts.merge;
  const sets = (facts as { sets?: string }).sets;
  return (sets !== undefined ? module.settings[sets]?.merge : undefined) ?? 'value';
}

/**
 * The uses of `name` that are in force in `scope`, merged as nginx merges them: the innermost block that has any
 * decides, as far as the directive's way of merging lets it through. Empty when only the default is left.
 */
export function effective(scope: Scope, name: string): readonly Use[] {
  const bit = bits.get(name);
  if (bit === undefined) return none;
  let crossed = 0;
  for (let at: Scope | null = scope; at; at = at.parent) {
    if (at.names & bit) {
      const found = gathered(at, name);
      if (found[0]) return passes(mergeOf(found[0]), crossed) ? found : none;
    }
    crossed |= at.context;
  }
  return none;
}

function passes(merge: Merge, crossed: Context): boolean {
  if (crossed === 0 || merge === 'value' || merge === 'list') return true;
  if (merge === 'own') return false;
  const through = merge === 'if' ? contexts.ifInLocation : contexts.ifInLocation | contexts.limitExcept;
  return (crossed & ~through) === 0;
}
