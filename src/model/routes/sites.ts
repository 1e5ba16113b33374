import type { ConfigDirective } from '../../config/config-tree.ts';
import { compileRegex } from '../../regex/native.ts';
import { http, location, main, server } from '../../schema/contexts.ts';
import { type Listen, readListen } from '../../schema/values/listen.ts';
import type { Model } from '../build.ts';
import { effectiveOne } from '../inherited.ts';
import { type Scope, usesIn } from '../scope.ts';
import { defaultListen, defaultServerOf, groupByAddress, type ListenGroup, type ListenLine } from './listen-groups.ts';
import { type LocationName, readLocationName } from './location-name.ts';
import { addLocation, findLocation, LocationLevel, type Searched } from './location-search.ts';
import { ServerTable } from './server-names.ts';

/** A path (decoded, normalised, without arguments) on its way through a server's locations. */
export interface Visit {
  uri: string;
  /** Of the regular expression that matched last. */
  captures: readonly (string | undefined)[] | null;
  /** A regular expression was asked that cannot be run here: what it would have said is not known. */
  unsure: boolean;
}

/** One `location` of a server, as the search for one sees it. */
export interface Route extends LocationName, Searched<Visit, Route> {
  readonly kind: LocationName['kind'];
  readonly name: string;
  readonly noRegex: boolean;
  readonly at: ConfigDirective;
  readonly scope: Scope;
  /** The location around it. */
  readonly outer: Route | null;
  readonly site: Site;
}

/** One `server` of http with its locations. */
export interface Site {
  readonly scope: Scope;
  /** Null for a snippet that is the inside of a server. */
  readonly at: ConfigDirective | null;
  readonly names: readonly string[];
  readonly listens: readonly Listen[];
  readonly level: LocationLevel<Visit, Route>;
  readonly named: ReadonlyMap<string, Route>;
  /** Every location, nested ones behind the one around them, in order of the file; duplicates left out. */
  readonly routes: readonly Route[];
}

/** Every server of http, and who answers at which address. */
export interface Sites {
  readonly all: readonly Site[];
  readonly groups: readonly ListenGroup<Site>[];
}

const memory = new WeakMap<Model, Sites>();
const tables = new WeakMap<ListenGroup<Site>, ServerTable<Visit, Site>>();

/** The servers of a model, gathered once. */
export function sitesOf(model: Model): Sites {
  let sites = memory.get(model);
  if (!sites) memory.set(model, (sites = gather(model)));
  return sites;
}

/** Where a path leads in a server: its location (null for the server's own level). */
export interface Match {
  readonly route: Route | null;
  /** The answer is a redirect that adds the slash at the end of the location's name. */
  readonly redirect: boolean;
  readonly captures: readonly (string | undefined)[] | null;
  /** False when a regular expression that cannot be run here may have matched first. */
  readonly sure: boolean;
}

/** Finds the location for a path (ngx_http_core_find_location). */
export function matchPath(site: Site, uri: string): Match {
  const visit: Visit = { uri, captures: null, unsure: false };
  const { location: route, redirect } = findLocation(site.level, visit);
  return { route, redirect, captures: visit.captures, sure: !visit.unsure };
}

/** The server for a host at an address (ngx_http_find_virtual_server). */
export function siteFor(group: ListenGroup<Site>, host: string): Site | undefined {
  let table = tables.get(group);
  if (!table) {
    const first = defaultServerOf(group);
    if (!first) return undefined;
    tables.set(group, (table = tableOf(first, group)));
  }
  return table.find(host, { uri: '', captures: null, unsure: false });
}

/** True when `inner` is `outer` or lies in it. */
export function isWithin(inner: Route | null, outer: Route): boolean {
  for (let at = inner; at; at = at.outer) if (at === outer) return true;
  return false;
}

function gather({ root }: Model): Sites {
  const all = serversIn(root).map(siteOf);
  const lines = all.flatMap((site) => linesOf(site));
  return { all, groups: groupByAddress(lines) };
}

function serversIn(root: Scope): readonly Scope[] {
  if (root.context === server) return [root];
  const https = root.context === main ? root.children.filter(({ context }) => context === http) : [root];
  return https.flatMap(({ children }) => children.filter(({ context }) => context === server));
}

function siteOf(scope: Scope): Site {
  const names = usesIn(scope, 'server_name').flatMap(({ directive }) => directive.args);
  const listens = usesIn(scope, 'listen').flatMap(({ directive }) => readListen(directive.args, quiet) ?? []);
  const named = new Map<string, Route>();
  const routes: Route[] = [];
  const site: Site = {
    scope,
    at: scope.directive,
    names: names.length === 0 ? [''] : names,
    listens: usesIn(scope, 'listen').length === 0 ? [defaultListen] : listens,
    level: new LocationLevel(),
    named,
    routes,
  };
  addRoutes(scope, { site, outer: null, level: site.level, routes, named });
  return site;
}

interface Around {
  readonly site: Site;
  readonly outer: Route | null;
  readonly level: LocationLevel<Visit, Route>;
  readonly routes: Route[];
  readonly named: Map<string, Route>;
}

function addRoutes(scope: Scope, around: Around): void {
  const { site, outer, level, routes, named } = around;
  for (const child of scope.children) {
    if (child.context !== location || !child.directive) continue;
    const { args } = child.directive;
    const read = readLocationName(args);
    const autoRedirect = isCompleted(read, child);
    // Not spread: V8 would keep each of these in a table of its own.
    const route: Route = {
      kind: read.kind,
      name: read.name,
      noRegex: read.noRegex,
      caseless: read.caseless,
      autoRedirect,
      nested: hasLocations(child) ? new LocationLevel() : none,
      at: child.directive,
      scope: child,
      outer,
      site,
    };
    if (read.kind === 'named') named.set(read.name, route);
    else if (read.kind === 'regex') addRegex(level, route);
    else if (!addLocation(level, route)) continue;
    routes.push(route);
    if (route.nested !== none) addRoutes(child, { site, outer: route, level: route.nested, routes, named });
  }
}

/** Most locations have none inside: they share one empty level. */
const none = new LocationLevel<Visit, Route>();

function hasLocations({ children }: Scope): boolean {
  return children.some(({ context }) => context === location);
}

/** Modules that talk to upstreams complete a missing slash. */
function isCompleted({ kind, name }: LocationName, { uses }: Scope): boolean {
  if (kind === 'regex' || kind === 'named' || !name.endsWith('/')) return false;
  return uses.some(({ directive }) => completing.has(directive.name));
}

const completing: ReadonlySet<string> = new Set([
  'proxy_pass',
  'fastcgi_pass',
  'uwsgi_pass',
  'scgi_pass',
  'grpc_pass',
  'memcached_pass',
]);

function addRegex(level: LocationLevel<Visit, Route>, route: Route): void {
  level.regexes.push({ matcher: matcherOf(route.name, route.caseless), location: route });
  level.empty = false;
}

function matcherOf(pattern: string, caseless: boolean): { matches(visit: Visit, subject: string): boolean } {
  return {
    matches(visit, subject) {
      const compiled = compileRegex(pattern, { caseless });
      visit.unsure ||= !('regexp' in compiled);
      const match = 'regexp' in compiled ? compiled.regexp.exec(subject) : null;
      if (match) visit.captures = match;
      return match !== null;
    },
  };
}

function linesOf(site: Site): ListenLine<Site>[] {
  return site.listens.map((listen) => ({ server: site, listen, at: site.at }));
}

function tableOf(first: Site, { lines }: ListenGroup<Site>): ServerTable<Visit, Site> {
  const table = new ServerTable<Visit, Site>(first);
  if (lines.length === 1) return table;
  for (const { server: site } of lines) {
    for (const name of site.names) {
      // The host is lower case, so nginx makes such a pattern caseless only when it has a capital.
      if (name.startsWith('~')) table.addRegex(matcherOf(name.slice(1), /[A-Z]/.test(name)), site);
      else table.add(name, site);
    }
  }
  return table;
}

const quiet = { name: 'listen', context: server, lines: [], fail: () => undefined };

/** True when paths with `//` come through: `merge_slashes off`. */
export function keepsSlashes({ scope }: Site): boolean {
  return effectiveOne(scope, 'merge_slashes')?.directive.args[0] === 'off';
}
