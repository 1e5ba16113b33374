/** A comment behind the words of a line. */
export interface TrailingComment {
  readonly text: string;
  /** Where the author wrote it: its column, and how far behind what is before it. */
  readonly column: number;
  readonly gap: number;
}

/** A line of the result, before columns are aligned. */
export interface Line {
  /** What stands before its first word. */
  readonly indent: string;
  /** Its words; columns can be aligned between them. */
  readonly words: readonly string[];
  /** How the words were spaced, for the words after the first; null where nothing is to be aligned. */
  readonly spacing: readonly Spacing[] | null;
  /** `;`, ` {` or nothing. */
  readonly end: string;
  /** So many blank lines before it. */
  readonly blanks: number;
  /** `edge`: a line that opens or closes a block, over which nothing is aligned. */
  readonly kind: 'words' | 'comment' | 'edge';
  readonly comment: TrailingComment | null;
}

/** How the author placed a word: its column from the first word on, and the blanks before it. */
export interface Spacing {
  /** `tabbed` where a tab precedes it: how wide that was is not known. */
  readonly column: number;
  readonly gap: number;
}

/** The column of what follows a tab within a line. */
export const tabbed = -1;

/** How wide a part of a byte string is in characters. */
export function widthOf(text: string, start = 0, end: number = text.length): number {
  let width = end - start;
  for (let at = start; at < end; at++) if ((text.charCodeAt(at) & 0xc0) === 0x80) width--;
  return width;
}
