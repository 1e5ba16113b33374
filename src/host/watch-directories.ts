import { statSync } from 'node:fs';
import { watch } from 'chokidar';

/** What happened to a path. */
export interface FileEvent {
  readonly kind: 'changed' | 'came' | 'went';
  /** Absolute. */
  readonly path: string;
}

/** Watches directories until it is closed. */
export interface DirectoryWatch {
  /** Resolves once these directories, without those below them, are watched as well. */
  add(directories: Iterable<string>): Promise<void>;
  /** Resolves when something matters that has happened since it was last asked, and the disk is calm again. */
  next(matters: (event: FileEvent) => boolean): Promise<void>;
  close(): Promise<void>;
}

/** Writers take a moment to finish, and editors write a file in several steps. */
const calm = 80;

/** Starts watching nothing yet; symbolic links are followed. */
export function watchDirectories(): DirectoryWatch {
  const watcher = watch([], { ignoreInitial: true, depth: 0 });
  const added = new Set<string>();
  let events: FileEvent[] = [];
  let notice: () => void = () => undefined;
  const on = (name: 'change' | 'add' | 'addDir' | 'unlink' | 'unlinkDir', kind: FileEvent['kind']) =>
    watcher.on(name, (path: string) => {
      events.push({ kind, path });
      notice();
    });
  on('change', 'changed');
  on('add', 'came');
  on('addDir', 'came');
  on('unlink', 'went');
  on('unlinkDir', 'went');
  // A directory that can't be watched (gone, or the system's limit is reached) goes unnoticed; the others do not.
  watcher.on('error', () => undefined);
  return {
    async add(directories) {
      const fresh = [...directories].filter((directory) => !added.has(directory));
      for (const directory of fresh) added.add(directory);
      if (fresh.length === 0) return;
      const isReady = new Promise<void>((done) => watcher.once('ready', () => done()));
      watcher.add(fresh);
      await isReady;
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
    close: () => watcher.close(),
  };
}

/** True when a file has changed after a time (milliseconds since 1970), or is gone. */
export function isNewer(path: string, time: number): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  return !stat || stat.mtimeMs > time;
}
