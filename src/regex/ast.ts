import type { ByteSet } from './byte-set.ts';

/** A pattern, read. Everything that matches one byte is a set of bytes; case is resolved. */
export type Node =
  | { readonly kind: 'set'; readonly bytes: ByteSet }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Node[] }
  /** `number` 0: it captures nothing. */
  | { readonly kind: 'group'; readonly number: number; readonly body: Node }
  | { readonly kind: 'look'; readonly behind: boolean; readonly negative: boolean; readonly body: Node }
  | { readonly kind: 'repeat'; readonly min: number; readonly max: number; readonly lazy: boolean; readonly body: Node }
  | { readonly kind: 'anchor'; readonly what: Anchor }
  | RareNode;

export type Anchor = 'start' | 'end' | 'very-end' | 'boundary' | 'not-boundary';

/** What JavaScript has no equal for; only the tree matcher runs it. */
export type RareNode =
  /** `(?>…)`, and what a possessive quantifier stands behind. */
  | { readonly kind: 'atomic'; readonly body: Node }
  /** The text that a group has matched. */
  | { readonly kind: 'same'; readonly group: number | string; readonly caseless: boolean }
  /** A group's pattern once more, 0 the whole. */
  | { readonly kind: 'call'; readonly group: number | string }
  /** `\K`: what is matched begins here. */
  | { readonly kind: 'keep' }
  /** `^` and `$` at line feeds. */
  | { readonly kind: 'line'; readonly end: boolean }
  /** `test` is a group's number or name, an assertion, or 'never' for `(?(DEFINE)…)`. */
  | { readonly kind: 'conditional'; readonly test: number | string | Node | 'never'; readonly yes: Node; readonly no: Node };

const rare: ReadonlySet<string> = new Set(['atomic', 'same', 'call', 'keep', 'line', 'conditional']);

/** The nodes that stand directly in one. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'sequence':
    case 'choice':
      return node.parts;
    case 'group':
    case 'look':
    case 'repeat':
    case 'atomic':
      return [node.body];
    case 'conditional':
      return typeof node.test === 'object' ? [node.test, node.yes, node.no] : [node.yes, node.no];
    default:
      return [];
  }
}

/** True when JavaScript has no equal for the node itself. */
export function isRare(node: Node): node is RareNode {
  return rare.has(node.kind);
}

/** True when JavaScript has no equal for some part of it. */
export function hasRare(node: Node): boolean {
  return isRare(node) || childrenOf(node).some(hasRare);
}
