import type { Token } from '../../grammar/tokens.ts';
import { lineAt, type SourceText, startsOfLines } from '../base/source-text.ts';

/** Where a token stands, as an author sees it. */
export interface Place {
  readonly line: number;
  /** Column at which the line's text starts. */
  readonly indent: number;
  /** The bytes before it. */
  readonly lead: string;
  /** Nothing but blanks stands before the token on its line. */
  readonly first: boolean;
  /** An empty line (or a comment after one) lies between this line and the token before. */
  readonly gap: boolean;
}

/** The places of all tokens, with tabs this wide. */
export function placesOf(source: SourceText, tokens: readonly Token[], tabWidth: number): Place[] {
  const starts = startsOfLines(source);
  const places: Place[] = [];
  let line = 1;
  let lastLine = 0;
  for (const token of tokens) {
    while ((starts[line] ?? Number.POSITIVE_INFINITY) <= token.startOffset) line++;
    const first = line !== lastLine && startsLine(source, starts[line - 1] ?? 0, token.startOffset);
    const gap = first && hasGap(source, lastLine, line);
    const lead = leadAt(source.text, starts[line - 1] ?? 0);
    places.push({ line, indent: columns(lead, tabWidth), lead, first, gap });
    lastLine = lineAfter(source, line, token);
    line = lastLine;
  }
  return places;
}

/** The tab widths worth trying: one, unless the file indents by tabs here and by blanks there. */
export function tabWidthsOf(text: string): readonly number[] {
  const tabs = /^\t/m.test(text);
  const blanks = /^ +\S/m.test(text) || /^\t+ /m.test(text);
  return tabs && blanks ? [8, 4, 2] : [8];
}

/** The bytes that indent the line at `offset`. */
export function indentText(source: SourceText, offset: number): string {
  const start = startsOfLines(source)[lineAt(source, offset) - 1] ?? 0;
  return /^[ \t]*/.exec(source.text.slice(start, offset))?.[0] ?? '';
}

function lineAfter(source: SourceText, line: number, token: Token): number {
  return token.image.includes('\n') ? lineAt(source, token.startOffset + token.image.length - 1) : line;
}

function startsLine(source: SourceText, start: number, offset: number): boolean {
  for (let at = start; at < offset; at++) {
    const code = source.text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x09) return false;
  }
  return true;
}

function hasGap(source: SourceText, from: number, to: number): boolean {
  const starts = startsOfLines(source);
  for (let line = from + 1; line < to; line++) {
    const text = source.text.slice(starts[line - 1], starts[line]);
    if (text.trim() === '') return true;
  }
  return false;
}

function leadAt(text: string, start: number): string {
  let end = start;
  while (text.charCodeAt(end) === 0x20 || text.charCodeAt(end) === 0x09) end++;
  return text.slice(start, end);
}

function columns(lead: string, tabWidth: number): number {
  let column = 0;
  for (let at = 0; at < lead.length; at++) column += lead.charCodeAt(at) === 0x09 ? tabWidth - (column % tabWidth) : 1;
  return column;
}
