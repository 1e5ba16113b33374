import { compileRegex } from '../../regex/native.ts';
import { type Scope, type Use, usesIn } from '../scope.ts';
import { followerOf, walkPaths } from './paths.ts';
import { printPath } from './show.ts';
import { isWithin, keepsSlashes, type Match, matchPath, type Route, type Site } from './sites.ts';

/** Whether requests reach a location: a path that does, who takes all of its paths, or that neither can be said. */
export type Reach =
  | { readonly kind: 'reached'; readonly path: string }
  | { readonly kind: 'never'; readonly takers: readonly Taker[] }
  | { readonly kind: 'unknown' };

/** Who takes a path that a location seems to be for; null for the server's own level. */
export interface Taker {
  readonly route: Route | null;
  /** A path that it takes. */
  readonly path: string;
}

/** Another location that takes a path which a location seems to be for. */
export interface Theft extends Taker {
  readonly route: Route;
}

const memory = new WeakMap<Route, Reach>();

/** Whether any path (without line feeds) leads to a location of a server, found by search through the regular expressions' states. */
export function reachOf(route: Route): Reach {
  let reach = memory.get(route);
  if (!reach) memory.set(route, (reach = examine(route)));
  return reach;
}

/** Where equal locations stand in equal company, equal paths are taken; null for none. */
const thefts = new Map<string, string | null>();

/** A path that a location seems to be for and another one, no exact name, takes; undefined when there is none, or none is found. */
export function stolenFrom(route: Route): Theft | undefined {
  const company = [route, ...patternsAsked(route), ...namesThatMatter(route)].map(writtenWhole);
  const key = [keepsSlashes(route.site), ...company].join('\n');
  const known = thefts.get(key);
  if (known === null) return undefined;
  const again = known === undefined ? undefined : theftOf(route, matchPath(route.site, known), known);
  if (again) return again;
  let stolen: Theft | undefined;
  explore(route, 1500, (path, match) => {
    if (!match.sure) return 'stop';
    stolen = theftOf(route, match, path);
    return stolen ? 'stop' : 'go on';
  });
  if (thefts.size > 2000) thefts.clear();
  thefts.set(key, stolen?.path ?? null);
  return stolen;
}

/** A location as it is written, with those around it. */
function writtenWhole({ at, outer }: Route): string {
  return `${outer ? `${writtenWhole(outer)} { ` : ''}${at.args.join(' ')}`;
}

function theftOf(route: Route, { route: taker, redirect }: Match, path: string): Theft | undefined {
  return !taker || taker.kind === 'exact' || isWithin(taker, route) || redirect ? undefined : { route: taker, path };
}

/** Paths that a pattern matches, shortest first: at most three. */
export function samplesOf(pattern: string, caseless: boolean): readonly string[] {
  const key = `${caseless ? 'i' : '-'}${pattern}`;
  let samples = sampled.get(key);
  if (!samples) {
    if (sampled.size > 2000) sampled.clear();
    sampled.set(key, (samples = sample(pattern, caseless)));
  }
  return samples;
}

const sampled = new Map<string, readonly string[]>();

function sample(pattern: string, caseless: boolean): readonly string[] {
  const own = followerOf(pattern, caseless);
  const found: string[] = [];
  if (!own) return found;
  walkPaths('/', { patterns: [], own, names: [], slashes: false }, 400, (path) => found.push(path) < 3);
  return found;
}

function examine(route: Route): Reach {
  if (route.kind === 'named') return { kind: 'reached', path: route.name };
  for (const path of likelyPaths(route)) {
    const match = matchPath(route.site, path);
    if (match.sure && !match.redirect && isWithin(match.route, route)) return { kind: 'reached', path };
  }
  const takers = new Map<Route | null, Taker>();
  let reached: string | undefined;
  const end = explore(route, 4000, (path, match) => {
    if (!match.sure) return 'stop';
    if (match.redirect) return 'go on';
    if (isWithin(match.route, route)) reached = path;
    else if (!takers.has(match.route)) takers.set(match.route, { route: match.route, path });
    return reached === undefined ? 'go on' : 'stop';
  });
  if (reached !== undefined) return { kind: 'reached', path: reached };
  return end === 'all' ? { kind: 'never', takers: [...takers.values()] } : { kind: 'unknown' };
}

function likelyPaths({ kind, name, caseless }: Route): readonly string[] {
  if (kind === 'exact') return [name];
  if (kind === 'regex') return samplesOf(name, caseless);
  return [name, `${name}x`, `${name}${name.endsWith('/') ? '' : '/'}x`];
}

/** Shows every kind of path that a location is for to `visit`, until it has seen enough; tells whether those were all. */
function explore(route: Route, budget: number, visit: (path: string, match: Match) => 'go on' | 'stop'): 'all' | 'some' {
  const { site, kind, name, caseless, outer } = route;
  const see = (path: string) => !liesIn(outer, path) || visit(path, matchPath(site, path)) === 'go on';
  if (kind === 'exact') return see(name) ? 'all' : 'some';
  const own = kind === 'regex' ? followerOf(name, caseless) : null;
  if (kind === 'regex' && !own) return 'some';
  const asked = patternsAsked(route);
  const patterns = asked.map((one) => followerOf(one.name, one.caseless)).filter((one) => one !== null);
  const distinctions = { patterns, own, names: namesThatMatter(route).map((other) => other.name), slashes: keepsSlashes(site) };
  const end = walkPaths(kind === 'regex' ? '/' : name, distinctions, budget, see);
  return end === 'all' && patterns.length === asked.length ? 'all' : 'some';
}

/** True for paths that locations around are for. */
function liesIn(outer: Route | null, path: string): boolean {
  if (!outer) return true;
  const { kind, name, caseless } = outer;
  const compiled = kind === 'regex' ? compileRegex(name, { caseless }) : undefined;
  const fits = compiled ? 'regexp' in compiled && compiled.regexp.test(path) : path.startsWith(name);
  return fits && liesIn(outer.outer, path);
}

/** The regular expressions that may be asked before a path comes to a location. */
function patternsAsked(route: Route): readonly Route[] {
  const asked: Route[] = [];
  for (let at: Route | null = route; at; at = at.outer) {
    const level: Site['level'] = at.outer ? at.outer.nested : at.site.level;
    for (const { location } of level.regexes) {
      asked.push(location);
      if (location === at) break;
    }
    if (at.kind === 'regex') for (const other of level.prefixes.values()) asked.push(...patternsWithin(other));
    else asked.push(...patternsWithin(at));
  }
  return [...new Set(asked)];
}

function patternsWithin({ nested }: Route): readonly Route[] {
  if (nested.empty) return [];
  return [
    ...nested.regexes.flatMap(({ location }) => [location, ...patternsWithin(location)]),
    ...[...nested.prefixes.values()].flatMap(patternsWithin),
  ];
}

/**
 * Other locations whose names decide: exact ones, those that keep regular expressions out, those with locations inside, and longer
 * prefixes than those, which let regular expressions in again.
 */
function namesThatMatter({ site, kind, name, caseless, outer }: Route): readonly Route[] {
  const compiled = kind === 'regex' ? compileRegex(name, { caseless }) : undefined;
  const isOwn = (path: string) => !compiled || !('regexp' in compiled) || compiled.regexp.test(path);
  const decisive = decisiveIn(site);
  const matters = (other: Route) => {
    if (kind !== 'regex') return other.name.startsWith(name);
    if (outer !== null || decisive.has(other)) return true;
    return other.kind === 'exact' ? isOwn(other.name) : other.autoRedirect && isOwn(other.name.slice(0, -1));
  };
  return site.routes.filter((other) => (other.kind === 'exact' || other.kind === 'prefix') && matters(other));
}

const decided = new WeakMap<Site, ReadonlySet<Route>>();

/** Prefixes that keep regular expressions out or have locations inside, and those that begin with one of them. */
function decisiveIn(site: Site): ReadonlySet<Route> {
  let found = decided.get(site);
  if (!found) {
    const first = site.routes.filter(({ kind, noRegex, nested }) => kind === 'prefix' && (noRegex || !nested.empty));
    const all = first.length === 0 ? [] : site.routes.filter(({ name }) => first.some((one) => name.startsWith(one.name)));
    decided.set(site, (found = new Set(all)));
  }
  return found;
}

/** Directives that are looked for, by name: which uses of them count. */
export type Wanted = ReadonlyMap<string, (use: Use) => boolean>;

/**
 * Paths to try a server with: one into each location that has such a directive in it or in an `if` of it, and for a prefix one beyond
 * its name as well. None of them needs an escape.
 */
export function pathsInto(site: Site, wanted: Wanted): readonly string[] {
  const paths = hasAny(site.scope, wanted) ? ['/', '/x'] : [];
  for (const route of site.routes) {
    if (route.kind === 'named' || !hasAny(route.scope, wanted)) continue;
    const reach = reachOf(route);
    if (reach.kind === 'reached') paths.push(reach.path);
    if (route.kind === 'prefix') paths.push(`${route.name}x`);
  }
  return [...new Set(paths)].filter((path) => path.startsWith('/') && printPath(path) === path);
}

function hasAny(scope: Scope, wanted: Wanted): boolean {
  for (const [name, isWanted] of wanted) if (usesIn(scope, name).some(isWanted)) return true;
  return usesIn(scope, 'if').some(({ opened }) => opened !== null && hasAny(opened, wanted));
}
