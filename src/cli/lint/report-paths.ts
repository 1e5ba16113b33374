import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Streams } from '../streams.ts';

/** Where the paths in reports for other programs start: the top of the checkout where CI says it, else the current directory. */
export function rootOf({ env, cwd }: Streams): string {
  const top = env.GITHUB_WORKSPACE ?? env.CI_PROJECT_DIR;
  return top !== undefined && isBelow(top, cwd()) ? resolve(top) : cwd();
}

/** A file's name from `root` on where it lies below it, else whole; names of what is no file stay. */
export function pathFrom(root: string, name: string, cwd: string): string {
  if (/^<.*>$/.test(name)) return name;
  const path = resolve(cwd, name);
  return (isBelow(root, path) ? relative(root, path) : path).split(sep).join('/');
}

function isBelow(directory: string, path: string): boolean {
  const way = relative(directory, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
