import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { dirname } from 'node:path';

/** Something that watches until it is closed. */
export interface Watching {
  close(): void;
}

/** Writers take a moment to finish, and editors write a file in several steps. */
const calm = 80;

/**
 * Calls `changed` when one of the files changes, comes or goes, and when a `.conf` file appears beside one of them;
 * once for each burst of changes.
 */
export function watchFiles(files: readonly string[], changed: () => void): Watching {
  const directories = new Set(files.map((file) => dirname(file)));
  const watchers: FSWatcher[] = [];
  let before = signature(files, directories);
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    const now = signature(files, directories);
    if (now === before) return;
    before = now;
    changed();
  };
  for (const directory of directories) {
    try {
      const watcher = watch(directory, () => {
        clearTimeout(timer);
        timer = setTimeout(look, calm);
      });
      watcher.on('error', () => watcher.close());
      watchers.push(watcher);
    } catch {
      // Gone, or the system's limit of watches is reached: changes there go unnoticed.
    }
  }
  return {
    close() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}

function signature(files: readonly string[], directories: ReadonlySet<string>): string {
  const beside = [...directories].flatMap(confFilesIn);
  return [...files, ...beside].map((file) => `${file} ${stampOf(file)}`).join('\n');
}

function confFilesIn(directory: string): string[] {
  try {
    return readdirSync(directory).filter((name) => name.endsWith('.conf'));
  } catch {
    return [];
  }
}

function stampOf(file: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(file);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return 'absent';
  }
}
