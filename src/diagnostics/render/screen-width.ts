/*
 * How wide text is on a terminal: carets must stand below their words, and configurations carry comments in every
 * script. Tabs are written as blanks; control characters as one visible sign.
 */

const tabStop = 4;

/** Text as it can be shown in a frame: tabs expanded, control characters and bidirectional overrides made visible. */
export function shown(text: string): string {
  let result = '';
  let column = 0;
  for (const char of text) {
    const drawn = char === '\t' ? ' '.repeat(tabStop - (column % tabStop)) : isHidden(char) ? '\u00b7' : char;
    result += drawn;
    column += widthOf(drawn);
  }
  return result;
}

/** Columns that already shown text takes. */
export function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += charWidth(char.codePointAt(0) ?? 0);
  return width;
}

function isHidden(char: string): boolean {
  return /[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(char);
}

function charWidth(code: number): number {
  if (code < 0x300) return 1;
  if (/^[\p{Mn}\p{Me}\p{Cf}]$/u.test(String.fromCodePoint(code))) return 0;
  return wide.some(([from, to]) => code >= from && code <= to) ? 2 : 1;
}

/** East Asian wide and full-width ranges, and emoji. */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1faff],
  [0x20000, 0x3fffd],
];
