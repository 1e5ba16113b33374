import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const notOurs = new Set(['node_modules', 'dist', '.git']);

/** Every file at or below `folder`, as paths from the root, sorted; what is built or fetched is left out. */
export function filesIn(folder = '', suffix = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !notOurs.has(entry.name))
    .flatMap((entry) => {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (entry.isDirectory()) return filesIn(path, suffix);
      return entry.isFile() && path.endsWith(suffix) ? [path] : [];
    })
    .sort();
}
