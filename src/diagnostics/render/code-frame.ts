import { display, lineAt, lineText, positionAt, startsOfLines } from '../../base/source-text.ts';
import type { Span } from '../diagnostic.ts';
import type { Paint } from './paint.ts';
import { shown, widthOf } from './screen-width.ts';

/** Lines longer than this are cut around the place. */
const widest = 160;

/** How a frame marks its place: `^^^` in a finding's colour, with a few words behind it. */
export interface Mark {
  readonly paint: (text: string) => string;
  readonly label: string;
}

/** The line that a span starts on, with its place underlined; `gutter` is the width of line numbers. */
export function codeFrame(span: Span, gutter: number, mark: Mark, paint: Paint): string[] {
  const line = lineAt(span.source, span.start);
  const lineStart = startsOfLines(span.source)[line - 1] ?? 0;
  const bytes = lineText(span.source, line);
  const from = Math.min(span.start - lineStart, bytes.length);
  const to = Math.max(from, Math.min(span.end - lineStart, bytes.length));
  const window = windowAround(bytes.length, from);
  const before = shown(lead(window.start) + display(bytes.slice(window.start, from)));
  const upTo = shown(lead(window.start) + display(bytes.slice(window.start, to)));
  const whole = shown(
    lead(window.start) + display(bytes.slice(window.start, window.end)) + (window.end < bytes.length ? '…' : ''),
  );
  const carets = '^'.repeat(Math.max(1, Math.min(widthOf(upTo), widest) - widthOf(before)));
  const label = mark.label === '' ? '' : ` ${mark.label}`;
  const side = paint.blue('│');
  return [
    `${paint.blue(String(line).padStart(gutter))} ${side} ${whole}`.trimEnd(),
    `${' '.repeat(gutter)} ${side} ${' '.repeat(widthOf(before))}${mark.paint(carets + label)}`,
  ];
}

/** `file:line:column` of where a span starts. */
export function placeOf(span: Span): string {
  const { line, column } = positionAt(span.source, span.start);
  return `${span.source.name}:${line}:${column}`;
}

/** Digits that the line number of a span takes. */
export function digitsOf(span: Span): number {
  return String(lineAt(span.source, span.start)).length;
}

function windowAround(length: number, from: number): { start: number; end: number } {
  if (length <= widest) return { start: 0, end: length };
  const start = Math.max(0, Math.min(from - widest / 2, length - widest));
  return { start, end: start + widest };
}

function lead(start: number): string {
  return start > 0 ? '…' : '';
}
