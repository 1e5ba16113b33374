import type { ConfigTree } from '../config/config-tree.ts';
import type { Directive, File, Placeholder } from '../syntax/tree.ts';
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

/** An `include` is a hole when nothing in the block came from it, a line of a template always. */
function hasHole({ root, files, directives }: ConfigTree, { directive }: Scope): boolean {
  const children = directive ? (directive.children ?? []) : directives;
  const followed = new Set(children.flatMap(({ includedBy }) => includedBy.map(({ node }) => node)));
  const sources = new Set(children.map(({ source }) => source));
  const own = directive ? (directive.node.block?.directives ?? []) : root.directives;
  const included = files.filter(({ source }) => sources.has(source) && source !== (directive?.source ?? root.source));
  return (
    [...own, ...included.flatMap((file) => file.directives)].some((node) => isInclude(node) && !followed.has(node)) ||
    hasTemplateLine(
      directive?.node,
      files.find(({ source }) => source === (directive?.source ?? root.source)),
    )
  );
}

/** A line of a template's in a block, or anywhere outside blocks, may stand for directives. */
function hasTemplateLine(node: Directive | undefined, file: File | undefined): boolean {
  const { start = -1, end = Number.POSITIVE_INFINITY } = node ?? {};
  const tags = file?.placeholders ?? [];
  for (let at = firstAfter(tags, start); (tags[at]?.start ?? end) < end; at++) if (!tags[at]?.inWord) return true;
  return false;
}

function firstAfter(tags: readonly Placeholder[], offset: number): number {
  let [low, high] = [0, tags.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tags[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isInclude({ name, args, block }: Directive): boolean {
  return name.value === 'include' && args.length === 1 && !block;
}
