import { readdirSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import picomatch from 'picomatch';
import { display } from '../../base/source-text.ts';

/** So many files are looked at before a pattern is believed to match something. */
const mostFiles = 20_000;

/** Patterns of a configuration file, for names of files as findings have them. */
export class FilePatterns {
  readonly #directory: string;
  readonly #cwd: string;
  readonly #each: readonly { readonly pattern: string; readonly matches: (path: string) => boolean }[];
  readonly #used = new Set<string>();
  readonly #known = new Map<string, boolean>();

  /** `directory`: where relative patterns start. `cwd`: where names start. */
  constructor(patterns: readonly string[], directory: string, cwd: string) {
    this.#directory = directory;
    this.#cwd = cwd;
    this.#each = patterns.map((pattern) => ({ pattern, matches: picomatch([...forms(pattern)], { dot: true }) }));
  }

  /** True when one of the patterns means the file. */
  matches(name: string): boolean {
    let isMatched = this.#known.get(name);
    if (isMatched === undefined) {
      const path = resolve(this.#cwd, display(name));
      const inside = relative(this.#directory, path).split(sep).join('/');
      isMatched = false;
      for (const { pattern, matches } of this.#each) {
        if (!matches(pattern.startsWith('/') ? path : inside)) continue;
        this.#used.add(pattern);
        isMatched = true;
      }
      this.#known.set(name, isMatched);
    }
    return isMatched;
  }

  /** Patterns that mean no file at all, linted or not. */
  unmatched(): readonly string[] {
    let open = this.#each.filter(({ pattern }) => !this.#used.has(pattern) && !pattern.startsWith('/'));
    if (open.length === 0) return [];
    let count = 0;
    for (const path of filesBelow(this.#directory, '')) {
      open = open.filter(({ matches }) => !matches(path));
      if (open.length === 0 || ++count > mostFiles) return [];
    }
    return open.map(({ pattern }) => pattern);
  }
}

/** What a pattern means: without a slash a name anywhere, and of a directory all that is in it. */
function* forms(pattern: string): Iterable<string> {
  const bare = pattern.replace(/^\.\//, '').replace(/\/+$/, '');
  const anywhere = bare.includes('/') ? bare : `**/${bare}`;
  if (!pattern.endsWith('/')) yield anywhere;
  yield `${anywhere}/**`;
}

function* filesBelow(directory: string, prefix: string): Iterable<string> {
  for (const entry of entriesOf(join(directory, prefix))) {
    if (entry.name === 'node_modules' || entry.name === '.git') continue;
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) yield* filesBelow(directory, path);
    else yield path;
  }
}

function entriesOf(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}
