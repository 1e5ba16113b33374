import type { Directive, File } from '../syntax/tree.ts';
import type { SuppressionComment } from './suppression-comments.ts';

/** Half-open range of byte offsets. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Tells how far the comments of one file reach. */
export class Reaches {
  readonly #file: File;
  readonly #comments: readonly SuppressionComment[];
  #codeAfter: readonly number[] | undefined;
  #ends: ReadonlyMap<string, readonly SuppressionComment[]> | undefined;

  constructor(file: File, comments: readonly SuppressionComment[]) {
    this.#file = file;
    this.#comments = comments;
  }

  /** What a comment covers; `name` is the rule of it that is asked for. */
  of(comment: SuppressionComment, name: string | undefined): Range | undefined {
    const { text } = this.#file.source;
    switch (comment.reach) {
      case 'file':
        return { from: 0, to: text.length };
      case 'line':
        return this.#line(comment.start);
      case 'next-line': {
        const code = this.#nextCode(comment.index);
        return code < 0 ? undefined : this.#line(code);
      }
      case 'block':
        return { from: comment.start, to: endOfBlock(this.#file.directives, comment.start) ?? text.length };
      case 'region':
        return { from: comment.start, to: this.endOfRegion(comment, name)?.start ?? text.length };
      default:
        return undefined;
    }
  }

  /** The `# nginxlint-enable` that ends a region for one of its rules, or for all when none is named. */
  endOfRegion(region: SuppressionComment, name: string | undefined): SuppressionComment | undefined {
    this.#ends ??= endsByName(this.#comments);
    const ofAll = firstAfter(this.#ends.get('') ?? [], region.start);
    const own = name === undefined ? undefined : firstAfter(this.#ends.get(name) ?? [], region.start);
    return own && ofAll ? (own.start < ofAll.start ? own : ofAll) : (own ?? ofAll);
  }

  /** A line, and the heads (name and arguments) of directives that stand on it as well as on others. */
  #line(offset: number): Range {
    const { text } = this.#file.source;
    const end = text.indexOf('\n', offset);
    const line = { from: text.lastIndexOf('\n', offset - 1) + 1, to: end < 0 ? text.length : end };
    return withHeads(this.#file.directives, line);
  }

  /** Where the first thing after a comment stands that is neither blank nor a comment. */
  #nextCode(index: number): number {
    this.#codeAfter ??= codeAfter(this.#file);
    return this.#codeAfter[index] ?? -1;
  }
}

/** The `# nginxlint-enable` comments by the names in them, in order; those without names under an empty one. */
function endsByName(comments: readonly SuppressionComment[]): ReadonlyMap<string, readonly SuppressionComment[]> {
  const ends = new Map<string, SuppressionComment[]>();
  for (const comment of comments) {
    if (comment.reach !== 'enable') continue;
    const names = comment.names.length > 0 ? comment.names.map(({ text }) => text) : [''];
    for (const name of names) {
      const list = ends.get(name);
      if (list) list.push(comment);
      else ends.set(name, [comment]);
    }
  }
  return ends;
}

function firstAfter(comments: readonly SuppressionComment[], offset: number): SuppressionComment | undefined {
  return comments[firstBeyond(comments.length, (index) => (comments[index]?.start ?? Infinity) > offset)];
}

function codeAfter({ comments, source: { text } }: File): readonly number[] {
  const found: number[] = [];
  for (let index = comments.length - 1; index >= 0; index--) {
    const { end = 0 } = comments[index] ?? {};
    const next = comments[index + 1];
    const at = text.slice(end, next?.start ?? text.length).search(/\S/);
    found[index] = at >= 0 ? end + at : next ? (found[index + 1] ?? -1) : -1;
  }
  return found;
}

function withHeads(directives: readonly Directive[], line: Range): Range {
  let { from, to } = line;
  for (let index = firstEndingAfter(directives, line.from); index < directives.length; index++) {
    const directive = directives[index];
    if (!directive || directive.start >= line.to) break;
    const { block, start } = directive;
    const endOfHead = block ? directive.terminator + 1 : directive.end;
    if (endOfHead > line.from) {
      from = Math.min(from, start);
      to = Math.max(to, endOfHead);
    }
    if (!block) continue;
    const inner = withHeads(block.directives, line);
    from = Math.min(from, inner.from);
    to = Math.max(to, inner.to);
  }
  return { from, to };
}

/** Where the innermost block around `offset` ends; undefined outside all blocks, or when the text lacks its end. */
function endOfBlock(directives: readonly Directive[], offset: number): number | undefined {
  const directive = directives[firstEndingAfter(directives, offset)];
  if (!directive?.block || directive.start > offset || directive.block.open > offset) return undefined;
  const { close } = directive.block;
  return endOfBlock(directive.block.directives, offset) ?? (close < 0 ? directive.end : close);
}

function firstEndingAfter(directives: readonly Directive[], offset: number): number {
  return firstBeyond(directives.length, (index) => (directives[index]?.end ?? Infinity) > offset);
}

/** The first index for which a test is true that is true for all behind it; `length` when there is none. */
function firstBeyond(length: number, isBeyond: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBeyond(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
