import type { SourceText } from '../base/source-text.ts';
import type { Comment, Directive, Word } from '../syntax/tree.ts';
import { type Spacing, type TrailingComment, tabbed, widthOf } from './line.ts';

const tabStop = 8;

/** How the words after the first are spaced in a directive that is written on one line. */
export function spacingOf(text: string, { name, args }: Directive): readonly Spacing[] {
  const spacing: Spacing[] = [];
  let column = 0;
  let isSure = true;
  let before: Word = name;
  for (const word of args) {
    const gap = word.start - before.end;
    const hasTab = includesTab(text, before.end, word.start);
    column += widthOf(text, before.start, before.end) + gap;
    spacing.push({ column: hasTab ? tabbed : isSure ? column : Number.NaN, gap });
    isSure &&= !hasTab;
    before = word;
  }
  return spacing;
}

function includesTab(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (text.charCodeAt(at) === 0x09) return true;
  return false;
}

/** A comment behind something that ends at `end`. */
export function trailingComment({ text }: SourceText, comment: Comment, end: number): TrailingComment {
  const gap = text.slice(end, comment.start);
  return {
    text: commentText(text, comment),
    column: gap.includes('\t') ? tabbed : widthOf(text, startOfLine(text, comment.start), comment.start),
    gap: gap.length,
  };
}

/** A comment without the blanks at its end. */
export function commentText(text: string, { start, end }: Comment): string {
  return text.slice(start, end).trimEnd();
}

/** The column at which a byte shows, with tabs as terminals show them. */
export function columnAt(text: string, offset: number): number {
  let column = 0;
  for (let at = startOfLine(text, offset); at < offset; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x09) column += tabStop - (column % tabStop);
    else if ((code & 0xc0) !== 0x80) column++;
  }
  return column;
}

/** The blanks before the first word of the line that holds a byte. */
export function leadingBlanks(text: string, offset: number): string {
  const start = startOfLine(text, offset);
  let end = start;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return text.slice(start, end);
}

function startOfLine(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}
