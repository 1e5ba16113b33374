/** A set of bytes: 1 where a byte belongs to it. */
export type ByteSet = Uint8Array;

/** The set that a test describes. */
export function setWhere(holds: (byte: number) => boolean): ByteSet {
  return Uint8Array.from({ length: 256 }, (_, byte) => (holds(byte) ? 1 : 0));
}

/** The set of the characters of a text. */
export function setOf(text: string): ByteSet {
  const set = new Uint8Array(256);
  for (const char of text) set[char.charCodeAt(0)] = 1;
  return set;
}

export function complement(set: ByteSet): ByteSet {
  return set.map((bit) => 1 - bit);
}

export function union(...sets: readonly ByteSet[]): ByteSet {
  const all = new Uint8Array(256);
  for (const set of sets) for (let byte = 0; byte < 256; byte++) if (set[byte] === 1) all[byte] = 1;
  return all;
}

/** Adds the other case of ASCII letters; PCRE folds nothing else in byte strings. */
export function caseless(set: ByteSet): ByteSet {
  return setWhere((byte) => set[byte] === 1 || (isLetter(byte) && set[byte ^ 0x20] === 1));
}

/** The set in JavaScript's notation; one byte that means nothing else stands for itself. */
export function classText(set: ByteSet): string {
  const ranges: string[] = [];
  let count = 0;
  for (let from = 0; from < 256; from++) {
    if (!set[from]) continue;
    let to = from;
    while (to < 255 && set[to + 1]) to++;
    count += to - from + 1;
    ranges.push(from === to ? hex(from) : `${hex(from)}-${hex(to)}`);
    from = to;
  }
  if (count === 0) return '(?!)';
  if (count === 256) return '[^]';
  return count === 1 ? (ranges[0] as string) : `[${ranges.join('')}]`;
}

/** Sets with names: `\d`, `[:alpha:]` … in the C locale. */
export const named = {
  digit: setWhere((byte) => byte >= 0x30 && byte <= 0x39),
  word: setWhere((byte) => isLetter(byte) || (byte >= 0x30 && byte <= 0x39) || byte === 0x5f),
  space: setOf('\t\n\v\f\r '),
  horizontal: setOf('\t \xa0'),
  vertical: setOf('\n\v\f\r\x85'),
  notNewline: complement(setOf('\n')),
  all: setWhere(() => true),
  alpha: setWhere(isLetter),
  upper: setWhere((byte) => byte >= 0x41 && byte <= 0x5a),
  lower: setWhere((byte) => byte >= 0x61 && byte <= 0x7a),
  alnum: setWhere((byte) => isLetter(byte) || (byte >= 0x30 && byte <= 0x39)),
  ascii: setWhere((byte) => byte < 0x80),
  blank: setOf('\t '),
  cntrl: setWhere((byte) => byte < 0x20 || byte === 0x7f),
  graph: setWhere((byte) => byte > 0x20 && byte < 0x7f),
  print: setWhere((byte) => byte >= 0x20 && byte < 0x7f),
  punct: setWhere((byte) => byte > 0x20 && byte < 0x7f && !isLetter(byte) && !(byte >= 0x30 && byte <= 0x39)),
  xdigit: setOf('0123456789ABCDEFabcdef'),
} as const;

function isLetter(byte: number): boolean {
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

function hex(byte: number): string {
  const char = String.fromCharCode(byte);
  return /[0-9A-Za-z/_]/.test(char) ? char : `\\x${byte.toString(16).padStart(2, '0')}`;
}
