import { expandGlob } from '../base/glob.ts';
import { bytesOf, display, type SourceText, sourceText } from '../base/source-text.ts';
import { plain } from './paths.ts';
import { EISDIR, ENOENT, type SourceLoader } from './source-loader.ts';

/** A loader for files that are in memory already, by their paths. */
export function sourcesLoader(sources: ReadonlyMap<string, SourceText>): SourceLoader {
  const directories = directoriesOf(sources.keys());
  return {
    read: (path) => sources.get(plain(path)) ?? failure(plain(path), directories),
    glob: (pattern) => expandGlob(pattern, (directory) => listing(directories, directory)),
  };
}

/** A loader for texts given as an object: path to content, both ordinary strings. */
export function textsLoader(texts: Readonly<Record<string, string>>): SourceLoader {
  const sources = new Map<string, SourceText>();
  for (const [path, text] of Object.entries(texts)) {
    const bytes = plain(bytesOf(path));
    sources.set(bytes, sourceText(display(bytes), bytesOf(text)));
  }
  return sourcesLoader(sources);
}

function failure(path: string, directories: ReadonlyMap<string, ReadonlySet<string>>) {
  return directories.has(withoutSlash(path))
    ? { error: 'Is a directory', errno: EISDIR }
    : { error: 'No such file or directory', errno: ENOENT };
}

function listing(directories: ReadonlyMap<string, ReadonlySet<string>>, directory: string): string[] | null {
  const names = directories.get(withoutSlash(directory));
  return names ? [...names] : null;
}

/** What each directory holds; `.` for the current one, empty for the root. */
function directoriesOf(paths: Iterable<string>): Map<string, Set<string>> {
  const directories = new Map<string, Set<string>>();
  for (const path of paths) {
    const names = path.split('/');
    for (let depth = names.length - 1; depth >= 0; depth--) {
      const directory = names.slice(0, depth).join('/');
      const key = directory === '' && !path.startsWith('/') ? '.' : directory;
      const held = directories.get(key) ?? new Set();
      if (names[depth]) held.add(names[depth] as string);
      directories.set(key, held);
    }
  }
  return directories;
}

function withoutSlash(path: string): string {
  return path.replace(/\/+$/, '');
}
