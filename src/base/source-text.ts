/**
 * Configuration text as nginx sees it: bytes. `text` holds one byte per UTF-16 unit (0…255), so that
 * every input survives unchanged, offsets are byte offsets, and nginx's own limits count right.
 * What people read (columns, messages) is decoded from UTF-8 on demand.
 */
export interface SourceText {
  /** The file's name as it is shown: relative or absolute, as the user wrote or nginx would print it. */
  readonly name: string;
  /** One byte per character; see `bytesOf` and `display`. */
  readonly text: string;
}

/** A place for people: both count from 1; `column` counts characters, `offset` bytes. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

const lineStarts = new WeakMap<SourceText, readonly number[]>();
const lineEnds = new WeakMap<SourceText, string>();

/** Wraps text that is a byte string already. */
export function sourceText(name: string, text: string): SourceText {
  return { name, text };
}

/** Encodes an ordinary string as the byte string that `SourceText` holds. */
export function bytesOf(string: string): string {
  if (isAscii(string)) return string;
  let bytes = '';
  for (const byte of new TextEncoder().encode(string)) bytes += String.fromCharCode(byte);
  return bytes;
}

/** Decodes a byte string as UTF-8 for people; what is not UTF-8 shows as U+FFFD. */
export function display(bytes: string): string {
  if (isAscii(bytes)) return bytes;
  const buffer = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) buffer[i] = bytes.charCodeAt(i);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(buffer);
}

/** The byte offset at which each line starts; lines end at LF, as nginx counts them. */
export function startsOfLines(source: SourceText): readonly number[] {
  let starts = lineStarts.get(source);
  if (!starts) {
    const found = [0];
    for (let at = source.text.indexOf('\n'); at >= 0; at = source.text.indexOf('\n', at + 1)) found.push(at + 1);
    starts = found;
    lineStarts.set(source, starts);
  }
  return starts;
}

/** The line end that a file uses. */
export function lineEndOf(source: SourceText): string {
  let lineEnd = lineEnds.get(source);
  if (lineEnd === undefined) lineEnds.set(source, (lineEnd = source.text.includes('\r\n') ? '\r\n' : '\n'));
  return lineEnd;
}

/** The 1-based line that holds the byte at `offset`. */
export function lineAt(source: SourceText, offset: number): number {
  const starts = startsOfLines(source);
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}

/** In longer lines columns count bytes: nobody reads them, and many places in one would each cost its length. */
const longLine = 10_000;

/** Line, column (in characters) and byte offset of `offset`. */
export function positionAt(source: SourceText, offset: number): Position {
  const line = lineAt(source, offset);
  const start = startsOfLines(source)[line - 1] ?? 0;
  const before = offset - start;
  const column = before > longLine ? before : [...display(source.text.slice(start, offset))].length;
  return { line, column: column + 1, offset };
}

/** The bytes of a 1-based line without its line end. */
export function lineText(source: SourceText, line: number): string {
  const starts = startsOfLines(source);
  const start = starts[line - 1] ?? source.text.length;
  const end = starts[line] ?? source.text.length;
  return source.text.slice(start, end).replace(/\r?\n$/, '');
}

function isAscii(string: string): boolean {
  for (let i = 0; i < string.length; i++) if (string.charCodeAt(i) > 0x7f) return false;
  return true;
}
