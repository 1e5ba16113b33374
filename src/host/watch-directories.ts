import { statSync } from 'node:fs';
import { type FSWatcher, watch } from 'chokidar';

/** What happened to a path. */
export interface FileEvent {
  readonly kind: 'changed' | 'came' | 'went';
  /** Absolute. */
  readonly path: string;
}

/** Watches directories until it is closed. */
export interface DirectoryWatch {
  /** Resolves once these directories, without those below them, are watched as well; to true when some were not before. */
  add(directories: Iterable<string>): Promise<boolean>;
  /** Resolves when something matters that has happened since it was last asked, and the disk is calm again. */
  next(matters: (event: FileEvent) => boolean): Promise<void>;
  close(): Promise<void>;
}

/** Writers take a moment to finish, and editors write a file in several steps. */
const calm = 80;

/** Starts watching nothing yet; symbolic links are followed. */
export function watchDirectories(): DirectoryWatch {
  const watchers: FSWatcher[] = [];
  const added = new Set<string>();
  let events: FileEvent[] = [];
  let notice: () => void = () => undefined;
  const noteFor = (kind: FileEvent['kind']) => (path: string) => {
    events.push({ kind, path });
    notice();
  };
  return {
    async add(directories) {
      const fresh = [...directories].filter((directory) => !added.has(directory));
      for (const directory of fresh) added.add(directory);
      if (fresh.length === 0) return false;
      // One for each call: chokidar says only once that it is ready. Not `atomic`: that holds back that a file went for 100 ms,
      // and calls it changed when it is there again by then, whoever has seen it gone meanwhile.
      const watcher = watch(fresh, { ignoreInitial: true, depth: 0, atomic: false });
      watchers.push(watcher);
      watcher.on('change', noteFor('changed'));
      for (const name of ['add', 'addDir'] as const) watcher.on(name, noteFor('came'));
      for (const name of ['unlink', 'unlinkDir'] as const) watcher.on(name, noteFor('went'));
      // A directory that can't be watched (gone, or the system's limit is reached) goes unnoticed; the others do not.
      watcher.on('error', () => undefined);
      await new Promise<void>((done) => watcher.once('ready', () => done()));
      return true;
    },
    next: (matters) =>
      new Promise((done) => {
        let timer: NodeJS.Timeout | undefined;
        notice = () => {
          if (!events.some(matters)) {
            events = [];
            return;
          }
          clearTimeout(timer);
          timer = setTimeout(() => {
            events = [];
            notice = () => undefined;
            done();
          }, calm);
        };
        notice();
      }),
    async close() {
      await Promise.all(watchers.map((watcher) => watcher.close()));
    },
  };
}

/** True when a file has changed after a time (milliseconds since 1970), or is gone. */
export function isNewer(path: string, time: number): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  return !stat || stat.mtimeMs > time;
}
