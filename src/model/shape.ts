import { type Arity, takes } from '../schema/arity.ts';
import type { Context } from '../schema/contexts.ts';
import type { DirectiveFacts } from '../schema/directive.ts';
import { isAtLeast } from '../schema/version.ts';
import { type Entry, entriesOf } from './lookup.ts';
import type { Use } from './scope.ts';

/** How a directive fails to have the shape that nginx wants; undefined when it has it. */
export type Misshape = 'has no opening' | 'is not terminated' | { readonly wanted: Arity };

/** By release, meaning, context, and what was written: twice the number of arguments, and one more with a block. */
const known = new Map<string, Map<Entry, Map<Context, Map<number, Misshape | undefined>>>>();

/** Compares terminator and number of arguments with every meaning the name has in this place (ngx_conf_handler). */
export function misshapeOf(use: Use, nginxVersion: string): Misshape | undefined {
  const { directive, entry, scope } = use;
  const { facts: own } = entry;
  const count = directive.args.length;
  const isBlock = directive.node.block !== null;
  if (!own.changes && (own.block !== undefined) === isBlock && takes(own.args, count)) return undefined;
  const written = 2 * count + (isBlock ? 1 : 0);
  const alike = madeIn(madeIn(madeIn(known, nginxVersion), entry), scope.context);
  if (!alike.has(written)) alike.set(written, compare(entry.name, scope.context, count, isBlock, nginxVersion));
  return alike.get(written);
}

function madeIn<K, A, B>(map: Map<K, Map<A, B>>, key: K): Map<A, B> {
  let inner = map.get(key);
  if (!inner) map.set(key, (inner = new Map<A, B>()));
  return inner;
}

function compare(name: string, context: Context, count: number, isBlock: boolean, version: string): Misshape | undefined {
  const meanings = entriesOf(name)
    .map(({ facts }) => facts)
    .filter((facts) => facts.in & context);
  const sameEnd = meanings.filter((facts) => (facts.block !== undefined) === isBlock);
  if (sameEnd.length === 0) return isBlock ? 'is not terminated' : 'has no opening';
  const arities = sameEnd.flatMap((facts) => aritiesOf(facts, version));
  const [wanted] = arities;
  return !wanted || arities.some((arity) => takes(arity, count)) ? undefined : { wanted };
}

/** The arity in a release; older releases may have had others. */
function aritiesOf({ args, changes = [] }: DirectiveFacts, nginxVersion: string): readonly Arity[] {
  const before = changes.find((change) => change.args && !isAtLeast(nginxVersion, change.before));
  return [before?.args ?? args];
}
