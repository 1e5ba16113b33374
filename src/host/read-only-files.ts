import type { Files, SystemError } from './host.ts';

const refused: SystemError = { errno: 'EROFS' };

/** Files that can be read as before; whatever would change them fails as on a disk that is mounted read-only. */
export function readOnly(files: Files): Files {
  return {
    stat: (path) => files.stat(path),
    statLink: (path) => files.statLink(path),
    read: (path, start, length) => files.read(path, start, length),
    open: (path) => files.open(path),
    free: (path) => files.free(path),
    list: (path) => files.list(path),
    realpath: (path) => files.realpath(path),
    append: () => refused,
    write: () => refused,
    create: () => refused,
    overwrite: () => refused,
    makeDirectory: () => refused,
    rename: () => refused,
    remove: () => refused,
    removeDirectory: () => refused,
    touch: () => refused,
  };
}
