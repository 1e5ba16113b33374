import { type Line, type Spacing, tabbed, widthOf } from './line.ts';

/** A line with the blanks that stand before each of its words and before its comment. */
export interface SpacedLine {
  readonly line: Line;
  /** For the words after the first; one where nothing is said. */
  readonly gaps: number[];
  commentGap: number;
}

/**
 * Spaces out lines that follow each other: one blank between words, more where the author lined up a column of neighbouring
 * lines, as people do in `map` blocks and lists of headers, and the same for comments behind them.
 */
export function spaceOut(lines: readonly Line[]): readonly SpacedLine[] {
  const spaced = lines.map((line): SpacedLine => ({ line, gaps: [], commentGap: 1 }));
  if (lines.some(isSpaced)) alignRun(spaced.filter(({ line }) => line.kind === 'words'));
  return spaced;
}

/** Whether more than one blank stands somewhere: else there is no column to keep. */
function isSpaced({ spacing, comment }: Line): boolean {
  if (comment && isMeant(comment)) return true;
  if (spacing) for (const one of spacing) if (isMeant(one)) return true;
  return false;
}

function isMeant({ column, gap }: Spacing): boolean {
  return column === tabbed || gap > 1;
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
  const isAligned = (line: SpacedLine) => isMeant(spacingOf(line) ?? { column: 0, gap: 1 });
  return groups.filter((group) => group.length > 1 && group.some(isAligned));
}

function alignColumn(group: readonly SpacedLine[], column: number): void {
  const widths = group.map((line) => widthBefore(line, column));
  const widest = Math.max(...widths);
  for (const [index, { gaps }] of group.entries()) gaps[column] = 1 + widest - (widths[index] ?? 0);
}

function alignComments(group: readonly SpacedLine[]): void {
  const widths = group.map(
    (line) => widthBefore(line, line.line.words.length - 1) + widthOf(line.line.indent) + line.line.end.length,
  );
  const widest = Math.max(...widths);
  for (const [index, line] of group.entries()) line.commentGap = 1 + widest - (widths[index] ?? 0);
}

/** From the first word to the end of the one before that column. */
function widthBefore({ line: { words }, gaps }: SpacedLine, column: number): number {
  let width = 0;
  for (let at = 0; at <= column; at++) width += widthOf(words[at] ?? '') + (at === 0 ? 0 : (gaps[at - 1] ?? 1));
  return width;
}
