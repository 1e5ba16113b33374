import { display, lineAt, type SourceText, startsOfLines } from '../../base/source-text.ts';
import type { Span } from '../diagnostic.ts';

/** What a format counts in its columns: characters (code points), UTF-16 code units, or bytes. A tab counts one everywhere. */
export type ColumnUnit = 'characters' | 'utf16' | 'bytes';

/** A place; both count from 1. */
export interface Point {
  readonly line: number;
  readonly column: number;
}

/** Where a span starts, and the first place behind it. */
export interface Region {
  readonly start: Point;
  readonly end: Point;
}

/** A span as a format counts it; a byte-order mark counts in bytes only, as SARIF 2.1.0 3.30 wants it. */
export function regionOf({ source, start, end }: Span, unit: ColumnUnit): Region {
  return { start: pointAt(source, start, unit), end: pointAt(source, end, unit) };
}

function pointAt(source: SourceText, offset: number, unit: ColumnUnit): Point {
  const line = lineAt(source, offset);
  const before = source.text.slice(startsOfLines(source)[line - 1] ?? 0, offset);
  return { line, column: lengthOf(before, line, unit) + 1 };
}

function lengthOf(bytes: string, line: number, unit: ColumnUnit): number {
  if (unit === 'bytes') return bytes.length;
  const text = display(line === 1 ? bytes.replace(/^\xef\xbb\xbf/, '') : bytes);
  return unit === 'utf16' ? text.length : [...text].length;
}
