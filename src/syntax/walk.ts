import { bug } from '../base/bug.ts';
import type { Directive, File, Word } from './tree.ts';

/** What a visitor may do; `enter` returning `false` leaves the directive's block out. */
export interface Visitor {
  enter?(directive: Directive, ancestors: readonly Directive[]): unknown;
  leave?(directive: Directive, ancestors: readonly Directive[]): void;
}

interface Level {
  readonly directives: readonly Directive[];
  next: number;
}

/** Visits every directive of a file in the order of the text. Not recursive: no depth of blocks is too deep. */
export function walk(file: File, visitor: Visitor): void {
  const ancestors: Directive[] = [];
  const levels: Level[] = [{ directives: file.directives, next: 0 }];
  for (let level = levels.at(-1); level; level = levels.at(-1)) {
    const directive = level.directives[level.next++];
    if (!directive) {
      levels.pop();
      const left = ancestors.pop();
      if (left) visitor.leave?.(left, ancestors);
      continue;
    }
    const inside = visitor.enter?.(directive, ancestors) !== false ? directive.block : null;
    if (inside?.directives.length) {
      ancestors.push(directive);
      levels.push({ directives: inside.directives, next: 0 });
    } else visitor.leave?.(directive, ancestors);
  }
}

/** A piece of a file's text. Pieces of kind `blank` and `comment` are trivia. */
export interface Leaf {
  readonly kind: 'blank' | 'comment' | 'word' | 'semicolon' | 'open' | 'close' | 'raw' | 'skipped';
  readonly start: number;
  readonly end: number;
}

/** All pieces of a file's text in order, without holes: joined they are the text. */
export function leaves(file: File): Leaf[] {
  const pieces: Leaf[] = [
    ...file.comments.map(({ start, end }) => ({ kind: 'comment' as const, start, end })),
    ...file.skipped.map(({ start, end }) => ({ kind: 'skipped' as const, start, end })),
  ];
  walk(file, { enter: (directive) => pushPieces(directive, pieces) });
  pieces.sort((a, b) => a.start - b.start || a.end - b.end);
  return filled(pieces, file.source.text.length);
}

function pushPieces({ name, args, terminator, block }: Directive, pieces: Leaf[]): void {
  pushWord(name, pieces);
  for (const word of args) pushWord(word, pieces);
  if (!block && terminator >= 0) pieces.push({ kind: 'semicolon', start: terminator, end: terminator + 1 });
  if (!block) return;
  if (block.open >= 0) pieces.push({ kind: 'open', start: block.open, end: block.open + 1 });
  if (block.raw && block.raw.end > block.raw.start) pieces.push({ kind: 'raw', start: block.raw.start, end: block.raw.end });
  if (block.close >= 0) pieces.push({ kind: 'close', start: block.close, end: block.close + 1 });
}

function pushWord({ start, end }: Word, pieces: Leaf[]): void {
  if (end > start) pieces.push({ kind: 'word', start, end });
}

function filled(pieces: readonly Leaf[], length: number): Leaf[] {
  const all: Leaf[] = [];
  let at = 0;
  for (const piece of pieces) {
    if (piece.start < at) bug(`leaves overlap at byte ${piece.start}`);
    if (piece.start > at) all.push({ kind: 'blank', start: at, end: piece.start });
    all.push(piece);
    at = piece.end;
  }
  if (at < length) all.push({ kind: 'blank', start: at, end: length });
  return all;
}
