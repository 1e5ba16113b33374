import { display, lineAt } from '../../base/source-text.ts';
import type { ConfigDirective } from '../../config/config-tree.ts';
import { limitExcept } from '../../schema/contexts.ts';
import type { Model } from '../build.ts';
import { effectiveOne, nearestWith } from '../inherited.ts';
import { referencesOf } from '../references.ts';
import { effective, type Scope, type Use, usesIn } from '../scope.ts';
import { endingOf } from './endings.ts';
import { speaksTls } from './hops.ts';
import { jumpsFrom } from './jumps.ts';
import { defaultServerOf } from './listen-groups.ts';
import { reachOf } from './reach.ts';
import { printRoute, printWord, printWords } from './show.ts';
import { matchPath, type Route, type Site, siteFor, sitesOf } from './sites.ts';

/** A line of a file. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** What becomes of the requests for one path, in words and names of the configuration; decoded, as people read it. */
export interface RouteRow {
  /** As a location is written, without the word: `= /x`, `~ \.php$`, `@app`; `*` for what no location takes. */
  readonly path: string;
  /** The condition of an `if` around it. */
  readonly when?: string;
  /** The methods that `limit_except` does not let through, as a sentence. */
  readonly methods?: string;
  /** Rewriting that comes first, as written. */
  readonly rewrites: readonly string[];
  /** Who answers: `proxy_pass http://app`, `return 301 /x`, `files in /srv/www`. */
  readonly answer: string;
  /** The servers that are asked, spare ones marked. */
  readonly servers: readonly string[];
  /** Rules in force, as written. */
  readonly access: readonly string[];
  /** Fields added to answers, as written. */
  readonly adds: readonly string[];
  /** Fields or parameters sent to the back end, as written. */
  readonly sends: readonly string[];
  /** Where requests go on inside nginx: `error_page 404 /404.html → location = /404.html`. */
  readonly jumps: readonly string[];
  /** Who takes all of its requests; absent where some come, or it is not known. */
  readonly takenBy?: readonly string[];
  readonly at: Place;
}

/** One server and its routes, in the order in which nginx looks at them. */
export interface ServerRows {
  readonly names: readonly string[];
  readonly addresses: readonly { readonly address: string; readonly tls: boolean; readonly isDefault: boolean }[];
  readonly at: Place;
  readonly routes: readonly RouteRow[];
}

/** Which servers and locations are shown. */
export interface RouteFilter {
  /** Servers that answer for this host at some address. */
  readonly host?: string;
  /** The location that answers this path. */
  readonly path?: string;
}

/** Every server of http with its routes, or those that a filter leaves. */
export function routeTable(model: Model, version: string, { host, path }: RouteFilter = {}): readonly ServerRows[] {
  const wanted = (site: Site, route: Route | null) => path === undefined || answers(site, route, path);
  return sitesOf(model)
    .all.filter((site) => host === undefined || isAskedFor(site, host, model))
    .map((site) => ({
      names: site.names.map((name) => (name === '' ? '' : printWord(name))),
      addresses: addressesOf(site, model, version),
      at: placeOf(site.at, model),
      routes: rowsOf(site, model, (route) => wanted(site, route)),
    }));
}

function isAskedFor(site: Site, host: string, model: Model): boolean {
  return sitesOf(model).groups.some(
    (group) => group.lines.some(({ server }) => server === site) && siteFor(group, host) === site,
  );
}

function answers(site: Site, route: Route | null, path: string): boolean {
  const found = matchPath(site, path).route;
  return route === found && (route === null || endingOf(site.scope) === undefined);
}

function addressesOf(site: Site, model: Model, version: string): ServerRows['addresses'] {
  const own = sitesOf(model).groups.filter(({ lines }) => lines.some(({ server }) => server === site));
  return own.map((group) => ({ address: group.key, tls: speaksTls(group, version), isDefault: defaultServerOf(group) === site }));
}

function rowsOf(site: Site, model: Model, wanted: (route: Route | null) => boolean): readonly RouteRow[] {
  const ending = endingOf(site.scope);
  const takesAll = site.routes.some(({ outer, kind, name }) => outer === null && kind === 'prefix' && name === '/');
  const own =
    ending || !takesAll ? rowsIn(site.scope, { path: '*', site, model }) : conditional(site.scope, { path: '*', site, model });
  const routes = inSearchOrder(site.routes).filter(wanted);
  const taken = ending ? [`the server's ${ending.directive.name}`] : undefined;
  return [
    ...(ending || wanted(null) ? own : []),
    ...routes.flatMap((route) => {
      const takenBy = route.kind === 'named' ? undefined : (taken ?? takersOf(route));
      return rowsIn(route.scope, { path: pathOf(route), site, model, ...(takenBy && { takenBy }) });
    }),
  ];
}

/** Exact names, `^~`, regular expressions, other prefixes from the longest on, names; what is inside a location behind it. */
export function inSearchOrder(routes: readonly Route[]): readonly Route[] {
  const inside = new Map<Route | null, Route[]>();
  for (const route of routes) inside.set(route.outer, [...(inside.get(route.outer) ?? []), route]);
  const sorted = (outer: Route | null): readonly Route[] =>
    (inside.get(outer) ?? [])
      .sort((a, b) => rank(a) - rank(b) || (a.kind === 'prefix' ? b.name.length - a.name.length : 0))
      .flatMap((route) => [route, ...sorted(route)]);
  return sorted(null);
}

function rank({ kind, noRegex }: Route): number {
  if (kind === 'prefix') return noRegex ? 1 : 3;
  return { exact: 0, regex: 2, named: 4 }[kind];
}

function pathOf(route: Route): string {
  return `${route.outer ? `${pathOf(route.outer)} > ` : ''}${printRoute(route).replace(/^location /, '')}`;
}

function takersOf(route: Route): readonly string[] | undefined {
  const reach = reachOf(route);
  if (reach.kind !== 'never') return undefined;
  return reach.takers.map(({ route: taker }) => (taker ? printRoute(taker) : 'the server'));
}

interface Label {
  readonly path: string;
  readonly site: Site;
  readonly model: Model;
  readonly takenBy?: readonly string[];
}

function rowsIn(scope: Scope, label: Label): readonly RouteRow[] {
  const except = scope.children.find(({ context }) => context === limitExcept);
  const limited = except ? [rowOf(except, label, { methods: `not ${printWords(except.directive?.args ?? [])}` })] : [];
  return [...conditional(scope, label), ...limited, rowOf(scope, label, {})];
}

/** The `if` blocks that answer, or choose who does. */
function conditional(scope: Scope, label: Label): readonly RouteRow[] {
  return usesIn(scope, 'if').flatMap(({ directive, opened }) =>
    opened?.uses.some(decides) ? [rowOf(opened, label, { when: printWords(directive.args) })] : [],
  );
}

const deciding = /^(?:return|rewrite|root|alias|.*_pass)$/;

function decides({ directive }: Use): boolean {
  return deciding.test(directive.name);
}

function rowOf(
  scope: Scope,
  { path, site, model, takenBy }: Label,
  more: { readonly when?: string; readonly methods?: string },
): RouteRow {
  const { text, servers, sends } = answerIn(scope, model);
  return {
    path,
    ...more,
    rewrites: scope.uses.filter(({ directive }) => directive.name === 'rewrite').map(written),
    answer: text,
    servers,
    access: accessIn(scope),
    adds: effective(scope, 'add_header').map(argumentsOf),
    sends,
    jumps: jumpsFrom(scope, site).map(
      ({ by, target, location }) => `${by} ${target}${location === undefined ? '' : ` → ${location}`}`,
    ),
    ...(takenBy && { takenBy }),
    at: placeOf(scope.directive, model),
  };
}

interface Answer {
  readonly text: string;
  readonly servers: readonly string[];
  readonly sends: readonly string[];
}

const handlers = ['proxy', 'fastcgi', 'uwsgi', 'scgi', 'grpc', 'memcached'] as const;
const others = [
  'stub_status',
  'empty_gif',
  'check_status',
  'flv',
  'mp4',
  'api',
  'content_by_lua_block',
  'content_by_lua_file',
  'js_content',
  'perl',
];

function answerIn(scope: Scope, model: Model): Answer {
  const ending = endingOf(scope);
  if (ending) return { text: written(ending), servers: [], sends: [] };
  const tryFiles = usesIn(scope, 'try_files')[0];
  for (const protocol of handlers) {
    const use = effective(scope, `${protocol}_pass`).at(-1);
    if (!use) continue;
    const sends = effective(scope, protocol === 'fastcgi' ? 'fastcgi_param' : `${protocol}_set_header`).map(argumentsOf);
    return { text: [...(tryFiles ? [written(tryFiles)] : []), written(use)].join(', '), servers: serversOf(use, model), sends };
  }
  const other = scope.uses.find(({ directive }) => others.includes(directive.name));
  if (other) return { text: written(other), servers: [], sends: [] };
  const root = nearestWith(scope, ['root', 'alias'])[0];
  const files = tryFiles ? written(tryFiles) : 'files';
  return { text: `${files} in ${root ? printWords(root.directive.args) : 'html'}`, servers: [], sends: [] };
}

function serversOf(use: Use, model: Model): readonly string[] {
  const pass = referencesOf(model).passes.find((one) => one.use === use);
  return (pass?.upstreams ?? []).flatMap(({ servers }) =>
    servers.map(
      ({ use: line, backup, down }) =>
        `${display(line.directive.args[0] ?? '')}${backup ? ' (backup)' : ''}${down ? ' (down)' : ''}`,
    ),
  );
}

const proofs = ['auth_basic', 'auth_request', 'auth_jwt', 'auth_ldap', 'auth_pam', 'auth_oidc'];

function accessIn(scope: Scope): readonly string[] {
  const internal = usesIn(scope, 'internal').map(written);
  const rules = nearestWith(scope, ['allow', 'deny']).map(written);
  const asked = proofs
    .flatMap((name) => effectiveOne(scope, name) ?? [])
    .filter(({ directive }) => directive.args[0] !== 'off')
    .map(written);
  const satisfy = effectiveOne(scope, 'satisfy');
  return [...internal, ...rules, ...asked, ...(satisfy?.directive.args[0] === 'any' ? [written(satisfy)] : [])];
}

function written({ directive: { name, args } }: Use): string {
  return printWords([name, ...args]);
}

function argumentsOf({ directive: { args } }: Use): string {
  return printWords(args);
}

function placeOf(directive: ConfigDirective | null, { config }: Model): Place {
  if (!directive) return { file: display(config.root.source.name), line: 1 };
  const { source, node } = directive;
  return { file: display(source.name), line: lineAt(source, node.start) };
}
