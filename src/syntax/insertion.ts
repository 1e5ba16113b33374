import { endOf, LeftBrace, type Token } from '../../grammar/tokens.ts';
import { lineAt, type SourceText, startsOfLines } from '../base/source-text.ts';
import { indentText } from './layout.ts';
import type { Recovery } from './recover.ts';
import type { Step } from './search.ts';

/** Text to insert, and the place to show: the line on which it will stand. */
export interface Insertion {
  readonly at: number;
  readonly text: string;
  readonly shown: number;
}

/** A line such as `server {` above the statement that lost it; above its comments too, when they are indented like it. */
export function openingInsertion(
  source: SourceText,
  recovery: Recovery,
  step: Step,
  { line, closing }: { readonly line: string; readonly closing: Token | null },
): Insertion {
  const token = recovery.tokens[step.at];
  const offset = token?.startOffset ?? source.text.length;
  const start = lineStart(source, offset);
  if (source.text.slice(start, offset).trim() !== '') return { at: offset, text: `${line} `, shown: offset };
  const indent = siblingIndent(source, recovery, step) ?? closingIndent(source, closing);
  const lineEnd = source.text.includes('\r\n') ? '\r\n' : '\n';
  return { at: start, text: `${indent}${line}${lineEnd}`, shown: start };
}

/** A `}` behind the last statement of a block: on the same line when the block started there, else on a line of its own. */
export function closingInsertion(source: SourceText, recovery: Recovery, step: Step): Insertion {
  const { tokens } = recovery;
  const before = tokens[step.at - 1];
  const opener = step.frame.opening.supposed ? undefined : tokens[step.frame.opening.at];
  const end = before ? endOf(before) : 0;
  const next = tokens[step.at];
  const sameLine = opener && before && lineAt(source, opener.startOffset) === lineAt(source, end - 1);
  if (sameLine || (next && lineAt(source, next.startOffset) === lineAt(source, end)))
    return { at: end, text: ' }', shown: Math.max(0, end - 1) };
  const lineEnd = source.text.indexOf('\n', end);
  const indent = opener ? indentText(source, opener.startOffset) : '';
  if (lineEnd < 0) return { at: source.text.length, text: `\n${indent}}\n`, shown: source.text.length };
  return { at: lineEnd + 1, text: `${indent}}\n`, shown: lineEnd + 1 };
}

/** Whether the file's `{` stand on lines of their own. */
export function bracesOwnLines(source: SourceText, tokens: readonly Token[]): boolean {
  const braces = tokens.filter(({ tokenType }) => tokenType === LeftBrace);
  return braces.filter((token) => startsLine(source, token)).length * 2 > braces.length;
}

/** A `{` on a line of its own behind the statement that ends at `end`. */
export function ownLine(source: SourceText, end: number): Insertion {
  const at = source.text.indexOf('\n', end) + 1 || source.text.length;
  return { at, text: `${indentText(source, lineStart(source, end) + lineLead(source, end))}{\n`, shown: at };
}

function lineLead(source: SourceText, offset: number): number {
  return /^[ \t]*/.exec(source.text.slice(lineStart(source, offset), offset))?.[0].length ?? 0;
}

/** The indentation of the `}` that closes the lost block, when it stands on a line of its own. */
function closingIndent(source: SourceText, closing: Token | null): string {
  return closing && startsLine(source, closing) ? indentText(source, closing.startOffset) : '';
}

/** The indentation of an earlier statement beside the lost block. */
function siblingIndent(source: SourceText, { tokens }: Recovery, step: Step): string | null {
  const parent = step.frame.parent;
  for (let at = step.at - 1; at >= 0 && parent; at--) {
    const token = tokens[at];
    if (!token || !startsLine(source, token)) continue;
    const indent = indentText(source, token.startOffset);
    if (width(indent) === parent.childIndent) return indent;
  }
  return parent && parent.childIndent > 0 ? ' '.repeat(parent.childIndent) : null;
}

function startsLine(source: SourceText, token: Token): boolean {
  return source.text.slice(lineStart(source, token.startOffset), token.startOffset).trim() === '';
}

function lineStart(source: SourceText, offset: number): number {
  return startsOfLines(source)[lineAt(source, offset) - 1] ?? 0;
}

function width(indent: string): number {
  let column = 0;
  for (const byte of indent) column = byte === '\t' ? column + 8 - (column % 8) : column + 1;
  return column;
}
