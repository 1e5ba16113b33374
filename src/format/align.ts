import { type Line, type Spacing, tabbed, widthOf } from './line.ts';

/** A line with the blanks that stand before each of its words and before its comment. */
export interface SpacedLine {
  readonly line: Line;
  /** For the words after the first. */
  readonly gaps: number[];
  commentGap: number;
}

/**
 * Spaces out the lines: one blank between words, more where the author lined up a column of neighbouring lines, as people do
 * in `map` blocks and lists of headers, and the same for comments behind them.
 */
export function spaceOut(lines: readonly Line[]): readonly SpacedLine[] {
  const spaced = lines.map((line): SpacedLine => ({ line, gaps: line.words.slice(1).map(() => 1), commentGap: 1 }));
  for (let from = 0; from < spaced.length; ) {
    const to = endOfRun(spaced, from);
    if (to - from > 1) alignRun(spaced.slice(from, to).filter(({ line }) => line.kind === 'words'));
    from = to;
  }
  return spaced;
}

/** Lines that follow each other without a blank line or a block between them. */
function endOfRun(lines: readonly SpacedLine[], from: number): number {
  if (lines[from]?.line.kind === 'edge') return from + 1;
  let to = from + 1;
  for (; to < lines.length; to++) {
    const line = lines[to]?.line;
    if (!line || line.kind === 'edge' || line.blanks > 0) break;
  }
  return to;
}

function alignRun(lines: readonly SpacedLine[]): void {
  const most = lines.reduce((longest, { line }) => Math.max(longest, line.spacing?.length ?? 0), 0);
  for (let column = 0; column < most; column++) {
    const having = lines.filter(({ line }) => line.spacing?.[column] !== undefined);
    for (const group of groupsOf(having, ({ line }) => line.spacing?.[column])) alignColumn(group, column);
  }
  const commented = lines.filter(({ line }) => line.comment);
  for (const group of groupsOf(commented, ({ line }) => line.comment)) alignComments(group);
}

/** Neighbours whose word stood in one column, and not by having words of one length before it. */
function groupsOf(
  lines: readonly SpacedLine[],
  spacingOf: (line: SpacedLine) => Spacing | null | undefined,
): readonly (readonly SpacedLine[])[] {
  const groups: SpacedLine[][] = [];
  for (const line of lines) {
    const group = groups.at(-1);
    const before = group?.[0] && spacingOf(group[0]);
    if (group && before?.column === spacingOf(line)?.column) group.push(line);
    else groups.push([line]);
  }
  const isMeant = (spacing: Spacing | null | undefined) => spacing?.column === tabbed || (spacing?.gap ?? 0) > 1;
  return groups.filter((group) => group.length > 1 && group.some((line) => isMeant(spacingOf(line))));
}

function alignColumn(group: readonly SpacedLine[], column: number): void {
  const widths = group.map((line) => widthBefore(line, column));
  const widest = Math.max(...widths);
  for (const [index, { gaps }] of group.entries()) gaps[column] = 1 + widest - (widths[index] ?? 0);
}

function alignComments(group: readonly SpacedLine[]): void {
  const widths = group.map((line) => widthBefore(line, line.gaps.length) + widthOf(line.line.indent) + line.line.end.length);
  const widest = Math.max(...widths);
  for (const [index, line] of group.entries()) line.commentGap = 1 + widest - (widths[index] ?? 0);
}

/** From the first word to the end of the one before that column. */
function widthBefore({ line: { words }, gaps }: SpacedLine, column: number): number {
  let width = 0;
  for (let at = 0; at <= column; at++) width += widthOf(words[at] ?? '') + (at === 0 ? 0 : (gaps[at - 1] ?? 1));
  return width;
}
