import type { ConfigDirective } from '../config/config-tree.ts';
import { type Context, contextNames, main } from '../schema/contexts.ts';
import type { Misplaced, Model } from './build.ts';
import { entryIn, opens } from './lookup.ts';
import type { Scope } from './scope.ts';

/** One bit for each context there is. */
const everyContext: readonly Context[] = Array.from({ length: 31 }, (_, bit) => 1 << bit).filter(
  (bit) => contextNames(bit).length > 0,
);

/** True for a directive that would be in its place if the fragment were included in another block that all of it fits into. */
export function fitsElsewhere({ config, root }: Model, { directive, scope }: Misplaced): boolean {
  if (root.context === main || !config.contextIsGuess) return false;
  const path = pathTo(scope);
  return everyContext
    .filter((context) => context !== root.context && config.directives.every(({ name }) => entryIn(name, context)))
    .some((context) => {
      const inside = path.reduce((at, { name }) => opensIn(name, at), context);
      return entryIn(directive.name, inside) !== undefined;
    });
}

/** The directives whose blocks lead from the outermost scope to this one. */
function pathTo(scope: Scope): readonly ConfigDirective[] {
  const path: ConfigDirective[] = [];
  for (let at: Scope | null = scope; at?.directive; at = at.parent) path.unshift(at.directive);
  return path;
}

function opensIn(name: string, context: Context): Context {
  const entry = entryIn(name, context);
  return entry ? opens(entry.facts.block, context) : 0;
}
