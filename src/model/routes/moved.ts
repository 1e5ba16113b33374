import { display } from '../../base/source-text.ts';
import type { Model } from '../build.ts';
import { keyOf } from './listen-groups.ts';
import { pairUp } from './pair-up.ts';
import { reachOf, stolenFrom } from './reach.ts';
import { printPath, printRoute } from './show.ts';
import { matchPath, type Site, sitesOf } from './sites.ts';

/** A request that another location answers than before. */
export interface Moved {
  readonly names: readonly string[];
  /** `GET /a` */
  readonly request: string;
  readonly old: string;
  readonly new: string;
}

/** Asks both configurations for a path into each location that either has; one request for each pair of locations. */
export function movedRequests(before: Model, after: Model): readonly Moved[] {
  const { both } = pairUp(sitesOf(before).all, sitesOf(after).all, [withAddresses, withTls, namesOf]);
  return both.flatMap(([old, next]) => movedBetween(old, next));
}

function movedBetween(old: Site, next: Site): readonly Moved[] {
  const moved = new Map<string, Moved>();
  for (const path of new Set([...pathsOf(old), ...pathsOf(next)])) {
    const [was, is] = [matchPath(old, path), matchPath(next, path)];
    if (!was.sure || !is.sure) continue;
    const labels = [was, is].map(({ route }) => (route ? printRoute(route) : 'the server itself'));
    const [from = '', to = ''] = labels;
    const key = `${from}\n${to}`;
    if (from !== to && !moved.has(key))
      moved.set(key, { names: next.names.map(display), request: `GET ${printPath(path)}`, old: from, new: to });
  }
  return [...moved.values()];
}

/** For a regular expression also a path that another location takes from it. */
function pathsOf(site: Site): readonly string[] {
  return site.routes.flatMap((route) => {
    const reach = route.kind === 'named' ? undefined : reachOf(route);
    const stolen = route.kind === 'regex' ? stolenFrom(route) : undefined;
    return [...(reach?.kind === 'reached' ? [reach.path] : []), ...(stolen ? [stolen.path] : [])];
  });
}

function withAddresses(site: Site): string {
  return `${namesOf(site)}\n${site.listens.map(keyOf).join(' ')}`;
}

function withTls(site: Site): string {
  return `${namesOf(site)}\n${site.listens.some(({ parameters }) => parameters.includes('ssl'))}`;
}

function namesOf({ names }: Site): string {
  return [...names].sort().join(' ');
}
