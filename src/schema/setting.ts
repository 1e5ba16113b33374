/**
 * How a setting crosses from an outer block to an inner one (nginx: the module's merge function).
 * `value`: the inner one, else the outer, else the default · `list`: the inner entries, or the outer list whole when
 * the inner block has none · `own`: never leaves its block · `if`: reaches the `if` blocks of its location, nothing
 * else · `if-limit_except`: those and `limit_except` blocks.
 */
export type Merge = 'value' | 'list' | 'own' | 'if' | 'if-limit_except';

/** One field of a module's configuration. `T` is what handlers see: for lists the array. */
export interface Setting<T> {
  readonly merge: Merge;
  readonly default: T;
  /** True when several directives in one block add up to an array. */
  readonly collects: boolean;
}

/** Scalar: inner, else outer, else `otherwise`. */
export function value<T>(otherwise: T): Setting<T> {
  return { merge: 'value', default: otherwise, collects: false };
}

/** Array that is inherited whole or not at all. */
export function list<T>(otherwise: readonly T[] = []): Setting<readonly T[]> {
  return { merge: 'list', default: otherwise, collects: true };
}

/** Scalar that belongs to the block it stands in. */
export function own<T>(otherwise: T): Setting<T> {
  return { merge: 'own', default: otherwise, collects: false };
}

/** Array that belongs to the block it stands in. */
export function ownList<T>(): Setting<readonly T[]> {
  return { merge: 'own', default: [], collects: true };
}

/** A location's handler (`proxy_pass` …): inherited by `if` and `limit_except` blocks only. */
export function handlerOf<T>(): Setting<T | undefined> {
  return { merge: 'if-limit_except', default: undefined, collects: false };
}

/** What one directive adds to a setting: an element of a list, or the whole value. */
export type Filled<S> = S extends Setting<readonly (infer E)[]> ? E : S extends Setting<infer T> ? T : never;

/** What handlers see of a setting. */
export type Value<S> = S extends Setting<infer T> ? T : never;
