import { inLowerCase } from './address.ts';
import type { Model } from './build.ts';
import { scopesWithin, type Use, usesIn } from './scope.ts';

const memory = new WeakMap<Model, ReadonlyMap<string, Use>>();

/** The `map` block that defines a variable (`$connection_upgrade`); undefined when there is none. */
export function mapBlock(model: Model, variable: string): Use | undefined {
  let blocks = memory.get(model);
  if (!blocks) memory.set(model, (blocks = gather(model)));
  return blocks.get(inLowerCase(variable));
}

/** What a map gives for a value that its lines name literally, else its default; undefined when that is empty. */
export function mapLine({ directive: { children } }: Use, value: string) {
  const lines = children ?? [];
  return lines.find(({ name }) => name === value) ?? lines.find(({ name }) => name === 'default');
}

function gather({ root }: Model): ReadonlyMap<string, Use> {
  const blocks = new Map<string, Use>();
  for (const scope of scopesWithin(root)) {
    for (const use of usesIn(scope, 'map')) {
      const name = inLowerCase(use.directive.args[1] ?? '');
      if (!blocks.has(name)) blocks.set(name, use);
    }
  }
  return blocks;
}
