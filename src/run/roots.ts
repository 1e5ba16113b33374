import { display } from '../base/source-text.ts';
import type { ConfigDirective } from '../config/config-tree.ts';
import { type Files, failed } from '../host/host.ts';
import type { VisibleFiles } from '../host/node-files.ts';
import type { Model } from '../model/build.ts';
import { scopesWithin } from '../model/scope.ts';

/** A directory that the configuration serves files from, and where it is here. */
export interface ServedRoot {
  readonly directive: ConfigDirective;
  /** As written. */
  readonly path: string;
  /** Where it is instead; null when it is not here, or may not be read. */
  readonly at: string | null;
}

/**
 * What of the disk a configuration may see. A configuration may come from anywhere, and `root /etc` shall not serve
 * /etc: only its own directory is readable, what was mapped by hand, and, below its directory, what has the path of a
 * root (`root /code/test` of conf/lb.conf finds conf/code/test).
 */
export function visibleTo(
  model: Model,
  directory: string | null,
  byHand: ReadonlyMap<string, string>,
  disk: Files,
): { visible: VisibleFiles; roots: readonly ServedRoot[] } {
  const found = new Map<string, string>();
  const own = directory === null ? null : directory === '' ? '.' : directory;
  const roots = rootsOf(model).map(({ directive, path }): ServedRoot => {
    const mapped = [...byHand.keys()].some((from) => path === from || path.startsWith(`${from.replace(/\/$/, '')}/`));
    if (mapped) return { directive, path, at: path };
    if (own === null) return { directive, path, at: null };
    if (!path.startsWith('/')) return { directive, path, at: `${own}/${path}` };
    const beside = `${own.replace(/\/$/, '')}${path}`;
    const stat = disk.stat(beside);
    if (path === '/' || failed(stat) || stat.kind !== 'directory')
      return { directive, path, at: path.startsWith(own) ? path : null };
    found.set(path, display(beside));
    return { directive, path, at: beside };
  });
  const visible = {
    directories: own === null ? [] : [display(own)],
    maps: [
      ...[...byHand].map(([from, to]) => ({ from, to, granted: true })),
      ...[...found].map(([from, to]) => ({ from: display(from), to, granted: false })),
    ],
  };
  return { visible, roots };
}

/** The directories in `root` and `alias` that do not depend on the request. */
function rootsOf(model: Model): { directive: ConfigDirective; path: string }[] {
  const uses = [...scopesWithin(model.root)].flatMap((scope) => scope.uses);
  return uses
    .filter(({ directive: { name } }) => name === 'root' || name === 'alias')
    .map(({ directive }) => ({ directive, path: directive.args[0] ?? '' }))
    .filter(({ path }) => path !== '' && !path.includes('$'));
}
