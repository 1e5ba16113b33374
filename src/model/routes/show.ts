import { display } from '../../base/source-text.ts';
import type { Route } from './sites.ts';

/** Words as they would be written, decoded: one that needs quotes has them, and nothing in it breaks the line. */
export function printWords(words: readonly string[]): string {
  return words.map(printWord).join(' ');
}

/** One word. */
export function printWord(word: string): string {
  const text = display(word);
  const plain = text.replace(/\p{Cc}/gu, (char) => escapes[char] ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return plain !== text || /^$|[\s;"'{}]/.test(text) ? `"${plain.replaceAll('"', '\\"')}"` : text;
}

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A location as it is written: `location ~ \.php$`. */
export function printRoute({ at }: Route): string {
  return `location ${printWords(at.args)}`;
}

/** A path as a request line has it: escaped where it must be. */
export function printPath(path: string): string {
  return path.replace(/[^!$&-;=@-Z_a-z~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}
