import type { Model } from './build.ts';
import { hasHoleAround } from './holes.ts';
import { effective, type Use, useIn, usesIn } from './scope.ts';

/** A set of a list directive that a block replaces by its own, and what of it the block does not say again. */
export interface LostSet {
  /** The block's own set. */
  readonly own: readonly Use[];
  /** Uses of the block around that are no longer in force, in order. */
  readonly lost: readonly Use[];
  /** True when the block says some of the outer set again: its author knows that it replaces that. */
  readonly saysSomeAgain: boolean;
}

/** What one use of a list directive is about: a later use with an equal key takes its place. */
export type KeysOf = (args: readonly string[]) => readonly string[];

/** The first argument, as names of headers compare. */
export const byName: KeysOf = ([name = '']) => [name.toLowerCase()];

/**
 * What a block loses of the set around it by having one of its own; undefined when that is nothing, and for all but the first use of
 * the block's own.
 */
export function lostSet(use: Use, { config }: Model, keysOf: KeysOf = byName): LostSet | undefined {
  const { scope, directive } = use;
  const { name } = directive;
  if (!scope.parent || useIn(scope, name) !== use) return undefined;
  const outer = effective(scope.parent, name);
  if (outer.length === 0 || hasHoleAround(config, scope)) return undefined;
  const own = usesIn(scope, name);
  const said = new Set(own.flatMap((one) => keysOf(one.directive.args)));
  const lost = outer.filter((one) => keysOf(one.directive.args).some((key) => !said.has(key)));
  return lost.length > 0 ? { own, lost, saysSomeAgain: outer.length > lost.length } : undefined;
}
