import { type Arity, takes } from '../schema/arity.ts';
import type { DirectiveFacts } from '../schema/directive.ts';
import { isAtLeast } from '../schema/version.ts';
import { entriesOf } from './lookup.ts';
import type { Use } from './scope.ts';

/** How a directive fails to have the shape that nginx wants; undefined when it has it. */
export type Misshape = 'has no opening' | 'is not terminated' | { readonly wanted: Arity };

/** Compares terminator and number of arguments with every meaning the name has in this place (ngx_conf_handler). */
export function misshapeOf(use: Use, nginxVersion: string): Misshape | undefined {
  const { directive, scope } = use;
  const { facts: own } = use.entry;
  const isBlock = directive.node.block !== null;
  if (!own.changes && (own.block !== undefined) === isBlock && takes(own.args, directive.args.length)) return undefined;
  const meanings = entriesOf(directive.name)
    .map(({ facts }) => facts)
    .filter((facts) => facts.in & scope.context);
  const sameEnd = meanings.filter((facts) => (facts.block !== undefined) === isBlock);
  if (sameEnd.length === 0) return isBlock ? 'is not terminated' : 'has no opening';
  const arities = sameEnd.flatMap((facts) => aritiesOf(facts, nginxVersion));
  const [wanted] = arities;
  return !wanted || arities.some((arity) => takes(arity, directive.args.length)) ? undefined : { wanted };
}

/** The arity in a release; older releases may have had others. */
function aritiesOf({ args, changes = [] }: DirectiveFacts, nginxVersion: string): readonly Arity[] {
  const before = changes.find((change) => change.args && !isAtLeast(nginxVersion, change.before));
  return [before?.args ?? args];
}
