import { display, type SourceText, sourceText } from '../base/source-text.ts';
import { sourcesLoader } from './memory-loader.ts';
import type { SourceLoader } from './source-loader.ts';

/** The files of an `nginx -T` dump, each a source of its own under its own path. */
export interface Dump {
  /** The main configuration file: the dump's first. */
  readonly root: SourceText;
  /** Its path, a byte string. */
  readonly path: string;
  readonly loader: SourceLoader;
}

const marker = /^# configuration file (\/[^\n]*):\r?\n/gm;

/** True for the output of `nginx -T`, with or without what it says on stderr before. */
export function isDump(text: string): boolean {
  const at = text.search(/^# configuration file \/[^\n]*:\r?\n/m);
  return at >= 0 && !/^(?!nginx: )[^\n]*\S/m.test(text.slice(0, at));
}

/** Takes a dump apart; null when it is none. nginx writes a marker, the file, and one line end after it (main() in nginx.c). */
export function readDump(dump: SourceText): Dump | null {
  if (!isDump(dump.text)) return null;
  const sources = new Map<string, SourceText>();
  const sections = [...dump.text.matchAll(marker)];
  for (const [index, section] of sections.entries()) {
    const path = section[1] ?? '';
    const end = sections[index + 1]?.index ?? dump.text.length;
    const text = dump.text.slice(section.index + section[0].length, end);
    if (!sources.has(path)) sources.set(path, sourceText(display(path), text.replace(/\n$/, '')));
  }
  const [first] = sources;
  return first ? { path: first[0], root: first[1], loader: sourcesLoader(sources) } : null;
}
