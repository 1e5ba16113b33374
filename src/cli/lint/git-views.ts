import { resolve } from 'node:path';
import { expandGlob } from '../../base/glob.ts';
import { bytesOf, display, sourceText } from '../../base/source-text.ts';
import { type DiskFiles, refuse } from '../../host/files.ts';
import type { Difference } from '../../host/git.ts';
import { realPath } from '../../host/node-files.ts';

/** The files as another tree of git has them: those that differ from the tree's, the rest from the disk. */
export function viewOf({ top, texts }: Difference, disk: DiskFiles, cwd: string): DiskFiles {
  const there = new Map<string, string | null>([...texts].map(([path, text]) => [`${top}/${path}`, text]));
  const inside = childrenOf(there, top);
  const real = (path: string) => realPath(resolve(bytesOf(cwd), path));
  const sources = new Map<string, ReturnType<DiskFiles['read']>>();

  const list = (directory: string): readonly string[] | null => {
    const at = real(directory);
    const listed = disk.list(directory);
    const added = inside.get(at);
    if (!listed && !added) return null;
    const kept = (listed ?? []).filter((name) => there.get(`${at}/${name}`) !== null);
    return [...new Set([...kept, ...(added ?? [])])].sort();
  };
  return {
    list,
    glob: (pattern) => expandGlob(pattern, list),
    read(path) {
      const at = real(path);
      const text = there.get(at);
      if (text === undefined) return disk.read(path);
      if (text === null) return { error: 'No such file or directory', errno: 2 };
      let source = sources.get(at);
      if (!source) sources.set(at, (source = refuse(text, text.length) ?? sourceText(display(path), text)));
      return source;
    },
    kindOf(path) {
      const at = real(path);
      const text = there.get(at);
      if (text !== undefined) return text === null ? undefined : 'file';
      return disk.kindOf(path) ?? (inside.has(at) ? 'directory' : undefined);
    },
  };
}

/** What the directories of files that are there hold of them, up to the top. */
function childrenOf(there: ReadonlyMap<string, string | null>, top: string): ReadonlyMap<string, Set<string>> {
  const inside = new Map<string, Set<string>>();
  for (const [file, text] of there) {
    if (text === null) continue;
    for (let at = file; at.length > top.length; ) {
      const slash = at.lastIndexOf('/');
      const directory = at.slice(0, slash);
      const names = inside.get(directory) ?? new Set();
      inside.set(directory, names.add(at.slice(slash + 1)));
      at = directory;
    }
  }
  return inside;
}
