import type { ConfigTree } from '../config/config-tree.ts';
import type { Directive } from '../syntax/tree.ts';
import { scopesAround } from './inherited.ts';
import type { Scope } from './scope.ts';

const memory = new WeakMap<Scope, boolean>();

/** True when something in `scope` or around it may be written in a file that was not read: whoever finds a thing missing there should be silent. */
export function hasHoleAround(config: ConfigTree, scope: Scope): boolean {
  if (config.closed) return false;
  for (const at of scopesAround(scope)) {
    let hole = memory.get(at);
    if (hole === undefined) memory.set(at, (hole = hasHole(config, at)));
    if (hole) return true;
  }
  return false;
}

/** An `include` is a hole when nothing in the block came from it. */
function hasHole({ root, files, directives }: ConfigTree, { directive }: Scope): boolean {
  const children = directive ? (directive.children ?? []) : directives;
  const followed = new Set(children.flatMap(({ includedBy }) => includedBy.map(({ node }) => node)));
  const sources = new Set(children.map(({ source }) => source));
  const own = directive ? (directive.node.block?.directives ?? []) : root.directives;
  const included = files.filter(({ source }) => sources.has(source) && source !== (directive?.source ?? root.source));
  return [...own, ...included.flatMap((file) => file.directives)].some((node) => isInclude(node) && !followed.has(node));
}

function isInclude({ name, args, block }: Directive): boolean {
  return name.value === 'include' && args.length === 1 && !block;
}
