import { lineAt, type SourceText, startsOfLines } from '../base/source-text.ts';
import type { Directive, File } from './tree.ts';
import { walk } from './walk.ts';

/** A line that begins with a directive, a comment or the end of a block. */
export interface LineStart {
  /** Where the line starts, and where its first word does. */
  readonly start: number;
  readonly text: number;
  /** How many blocks are around it. */
  readonly depth: number;
  readonly kind: 'directive' | 'comment' | 'close';
}

/** How one level is written: a tab, or so many spaces. */
export type IndentUnit = string;

/**
 * The lines of a file whose indentation shows their depth, in order. Arguments on lines of their own, strings over several lines and
 * foreign code are the author's; null where the braces do not pair, for then no depth is sure.
 */
export function lineStarts(file: File): readonly LineStart[] | null {
  const gatherer = new Gatherer(file);
  walk(file, {
    enter: (directive, ancestors) => gatherer.enter(directive, ancestors.length),
    leave: (directive, ancestors) => gatherer.leave(directive, ancestors.length),
  });
  return gatherer.finish();
}

/** What most blocks are deeper by than the line that opens them; four spaces where nothing shows it. */
export function indentUnitOf({ text }: SourceText, lines: readonly LineStart[]): IndentUnit {
  const counts = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    const outer = lines[index - 1];
    if (!outer || line.kind === 'close' || line.depth !== outer.depth + 1) continue;
    const [before, own] = [text.slice(outer.start, outer.text), text.slice(line.start, line.text)];
    if (own.length > before.length && own.startsWith(before)) count(counts, own.slice(before.length));
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most && (most[0] === '\t' || /^ +$/.test(most[0])) ? most[0] : '    ';
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

class Gatherer {
  readonly #file: File;
  readonly #lines: LineStart[] = [];
  #nextComment = 0;
  #isPaired: boolean;

  constructor(file: File) {
    this.#file = file;
    this.#isPaired = file.skipped.every(({ start }) => start === 0) && !file.placeholders;
  }

  enter({ start, recovered, block, terminator }: Directive, depth: number): void {
    this.#comments(start, depth);
    if (recovered || terminator < 0 || (block && (block.open < 0 || block.close < 0))) this.#isPaired = false;
    this.#see(start, depth, 'directive');
    this.#skipComments(block ? block.open : terminator);
  }

  leave({ block }: Directive, depth: number): void {
    if (!block || block.raw) return;
    this.#comments(block.close, depth + 1);
    if (block.close >= 0) this.#see(block.close, depth, 'close');
  }

  finish(): readonly LineStart[] | null {
    this.#comments(this.#file.source.text.length, 0);
    return this.#isPaired ? this.#lines : null;
  }

  #comments(before: number, depth: number): void {
    const { comments } = this.#file;
    for (let at = comments[this.#nextComment]; at && at.start < before; at = comments[++this.#nextComment])
      this.#see(at.start, depth, 'comment');
  }

  /** Comments among arguments stand as deep as their author put the arguments. */
  #skipComments(before: number): void {
    const { comments } = this.#file;
    while ((comments[this.#nextComment]?.start ?? Number.POSITIVE_INFINITY) < before) this.#nextComment++;
  }

  #see(text: number, depth: number, kind: LineStart['kind']): void {
    const { source } = this.#file;
    const start = startsOfLines(source)[lineAt(source, text) - 1] ?? 0;
    if (isBlank(source.text, start, text)) this.#lines.push({ start, text, depth, kind });
  }
}

function isBlank(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (text[at] !== ' ' && text[at] !== '\t') return false;
  return true;
}
