import { display, lineAt } from '../../base/source-text.ts';
import type { ConfigDirective } from '../../config/config-tree.ts';
import { methodsOf } from '../../model/balancing.ts';
import type { Model } from '../../model/build.ts';
import { type InForce, inForce } from '../../model/in-force.ts';
import { referencesOf, type Upstream } from '../../model/references.ts';
import { speaksTls } from '../../model/routes/hops.ts';
import { defaultServerOf, type ListenGroup } from '../../model/routes/listen-groups.ts';
import { printRoute, printWords } from '../../model/routes/show.ts';
import { type Route, type Site, sitesOf } from '../../model/routes/sites.ts';
import { inSearchOrder } from '../../model/routes/table.ts';
import { type Scope, scopesWithin } from '../../model/scope.ts';
import { parametersOf } from '../../model/server-parameters.ts';
import { streamServer } from '../../schema/contexts.ts';

/* What a configuration is when it runs, as data: decoded, in the order in which things are looked for. */

/** A setting away from its default. */
export interface PlannedSetting {
  /** As written, without its `;`. */
  readonly text: string;
  /** `conf.d/a.conf:12` */
  readonly at: string;
  /** True when a block around says so. */
  readonly inherited: boolean;
}

/** One block in which requests or connections are handled. */
export interface PlannedBlock {
  /** As written: `location ~ \.php$`, `server`. */
  readonly text: string;
  readonly at: string;
  readonly settings: readonly PlannedSetting[];
  /** Blocks inside, in the order in which they are looked at. */
  readonly inside: readonly PlannedBlock[];
}

/** A name and the server that it leads to. */
export interface PlannedName {
  readonly name: string;
  readonly at: string;
}

/** One address. */
export interface PlannedListener {
  /** `0.0.0.0:80`; behind `udp ` for QUIC. */
  readonly address: string;
  readonly tls: boolean;
  /** Where the server stands that answers hosts nobody names. */
  readonly defaultServer: string;
  /** Looked at in this order; wildcards from the longest on. Empty with one server: nobody looks. */
  readonly names: {
    readonly exact: readonly PlannedName[];
    readonly leading: readonly PlannedName[];
    readonly trailing: readonly PlannedName[];
    readonly regex: readonly PlannedName[];
  };
}

/** One server of an upstream. */
export interface PlannedPeer {
  readonly address: string;
  readonly weight: number;
  readonly maxFails: number;
  /** Seconds. */
  readonly failTimeout: number;
  /** 0: no limit. */
  readonly maxConns: number;
  readonly backup: boolean;
  readonly down: boolean;
  readonly at: string;
}

/** One `upstream`. */
export interface PlannedUpstream {
  readonly name: string;
  readonly in: 'http' | 'stream';
  /** The directive that chooses; `round robin` without one. */
  readonly method: string;
  readonly settings: readonly PlannedSetting[];
  readonly peers: readonly PlannedPeer[];
  readonly at: string;
}

/** What is run. */
export interface Plan {
  readonly version: 1;
  readonly listeners: readonly PlannedListener[];
  /** Servers of http, with their names in `settings`. */
  readonly servers: readonly PlannedBlock[];
  readonly stream: readonly PlannedBlock[];
  readonly upstreams: readonly PlannedUpstream[];
}

/** The plan of a model, for a release of nginx. */
export function planOf(model: Model, version: string): Plan {
  const { groups, all } = sitesOf(model);
  return {
    version: 1,
    listeners: groups.map((group) => listenerOf(group, version)),
    servers: all.map((site) => serverOf(site, model)),
    stream: scopesWithin(model.root).flatMap((scope) =>
      scope.context === streamServer ? [blockOf(scope, 'server', [], model)] : [],
    ),
    upstreams: referencesOf(model).upstreams.map((upstream) => upstreamOf(upstream, model)),
  };
}

function listenerOf(group: ListenGroup<Site>, version: string): PlannedListener {
  const names = {
    exact: [] as PlannedName[],
    leading: [] as PlannedName[],
    trailing: [] as PlannedName[],
    regex: [] as PlannedName[],
  };
  const seen = new Set<string>();
  for (const { server } of group.lines.length > 1 ? group.lines : []) {
    for (const written of server.names) {
      const name = written.startsWith('~') ? written : written.toLowerCase();
      // The first server with a name keeps it.
      if (written === '' || seen.has(name)) continue;
      seen.add(name);
      const entry = { name: display(name), at: placeOf(server.at) };
      for (const table of tablesFor(name)) names[table].push(entry);
    }
  }
  for (const table of ['leading', 'trailing'] as const) names[table].sort((a, b) => b.name.length - a.name.length);
  return {
    address: display(group.key),
    tls: speaksTls(group, version),
    defaultServer: placeOf(defaultServerOf(group)?.at),
    names,
  };
}

/** `.example.com` is a name and a wildcard (ngx_http_server_names). */
function tablesFor(name: string): readonly (keyof PlannedListener['names'])[] {
  if (name.startsWith('~')) return ['regex'];
  if (name.startsWith('*.')) return ['leading'];
  if (name.startsWith('.')) return ['exact', 'leading'];
  return name.endsWith('.*') ? ['trailing'] : ['exact'];
}

function serverOf(site: Site, model: Model): PlannedBlock {
  const inside = new Map<Route | null, Route[]>();
  for (const route of inSearchOrder(site.routes)) inside.set(route.outer, [...(inside.get(route.outer) ?? []), route]);
  const blocksIn = (outer: Route | null): readonly PlannedBlock[] =>
    (inside.get(outer) ?? []).map((route) => blockOf(route.scope, printRoute(route), blocksIn(route), model));
  return blockOf(site.scope, 'server', blocksIn(null), model);
}

function blockOf(scope: Scope, text: string, inside: readonly PlannedBlock[], model: Model): PlannedBlock {
  return { text, at: placeOf(scope.directive), settings: settingsOf(scope, model), inside };
}

function settingsOf(scope: Scope, model: Model): readonly PlannedSetting[] {
  return inForce(scope)
    .filter((one) => !isDefault(one, scope, model))
    .flatMap(({ uses, from }) =>
      uses.map(({ directive }) => ({ text: textOf(directive), at: placeOf(directive), inherited: from !== scope })),
    );
}

/** True for what says no more than nginx would do anyway. */
function isDefault({ uses }: InForce, scope: Scope, model: Model): boolean {
  const [use] = uses;
  if (!use) return true;
  const { module, facts } = use.entry;
  const setting = (facts as { sets?: string }).sets;
  if (setting !== undefined && typeof module.settings[setting]?.default !== 'object')
    return model.settings.of(scope, module)[setting] === module.settings[setting]?.default;
  const written = uses.map(({ directive }) => directive.args.join(' '));
  return facts.default !== undefined && facts.default.join('\n') === written.join('\n');
}

function upstreamOf(upstream: Upstream, model: Model): PlannedUpstream {
  const { name, inStream, scope, servers, use } = upstream;
  const method = methodsOf(upstream).at(-1)?.directive;
  return {
    name,
    in: inStream ? 'stream' : 'http',
    method: method ? textOf(method) : 'round robin',
    settings: settingsOf(scope, model).filter(({ text }) => !/^server /.test(text) && text !== (method && textOf(method))),
    peers: servers.map((server) => ({
      address: display(server.use.directive.args[0] ?? ''),
      ...parametersOf(server),
      backup: server.backup,
      down: server.down,
      at: placeOf(server.use.directive),
    })),
    at: placeOf(use.directive),
  };
}

function textOf({ name, args, node, children }: ConfigDirective): string {
  const head = printWords([name, ...args]);
  if (!node.block) return head;
  return children ? `${head} { ${children.length} ${children.length === 1 ? 'line' : 'lines'} }` : `${head} { code }`;
}

/** Empty for a snippet's own level, which no block opens. */
function placeOf(directive: ConfigDirective | null | undefined): string {
  return directive ? `${display(directive.source.name)}:${lineAt(directive.source, directive.node.start)}` : '';
}
