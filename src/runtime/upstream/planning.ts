import type { ConfigDirective } from '../../config/config-tree.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Address, Host } from '../../host/host.ts';
import { allowsBackup, methodsOf } from '../../model/balancing.ts';
import type { Model } from '../../model/build.ts';
import { spanOfArgument } from '../../model/place.ts';
import { type Pass, referencesOf } from '../../model/references.ts';
import type { Scope, Use } from '../../model/scope.ts';
import { httpCore } from '../../modules/http/core/directives.ts';
import { httpUpstream } from '../../modules/http/upstream/directives.ts';
import { httpUpstreamZone } from '../../modules/http/upstream_zone/directives.ts';
import { upstream as upstreamContext } from '../../schema/contexts.ts';
import type { BalancerPlan, HandlerRoom, PlanContext } from '../hooks.ts';
import { ChangingGroup, type NamedServer, NameFollower } from './named-servers.ts';
import { makePeer, type Peer, type PeerGroup, type PeerOptions } from './peer.ts';
import { roundRobin } from './round-robin.ts';
import { type Upstream, upstreamOf } from './upstream.ts';
import { isIpLiteral, parseUrl, printPeer, type Url } from './url.ts';

/** A `server` of an upstream, or the host of a `proxy_pass`, whose addresses are asked for. */
export interface ServerToPlace {
  /** As written: `web01`, `10.0.0.7:8080`. */
  readonly text: string;
  readonly host: string;
  readonly port: number;
  readonly upstream: string;
  readonly at: ConfigDirective;
}

/** What planning upstreams needs. */
export interface UpstreamPlanning {
  readonly model: Model;
  readonly host: Host;
  readonly rooms: readonly HandlerRoom[];
  /** What hooks of an `upstream` block may ask. */
  context(scope: Scope): PlanContext;
  /** Other addresses for a server; null for its own. */
  readonly peersFor?: (server: ServerToPlace) => Promise<readonly Address[] | null>;
}

/** What starts and stops with a configuration. */
export interface RunningPart {
  start?(): void;
  stop(): void;
}

/** The upstreams of a configuration: those with a block, and those that a `proxy_pass` to an address makes. */
export class Upstreams {
  /** In the order of the file; implicit ones follow. */
  readonly all: Upstream[] = [];
  readonly diagnostics: Diagnostic[] = [];
  private readonly named = new Map<string, Upstream>();
  private readonly implicit = new Map<string, Upstream>();
  private readonly running: RunningPart[] = [];

  /**
   * The block of a URL's host, without regard to case and never with a port, or the upstream that another `…_pass` to
   * the same place has made (ngx_http_upstream_init_request).
   */
  find(url: Url): Upstream | undefined {
    const block = url.portText === '' ? this.block(url.hostText) : undefined;
    return block ?? this.implicit.get(keyOf(url));
  }

  /** What `proxy_pass http://text` goes to (ngx_http_upstream_add); what could not be read has no peers. */
  get(text: string, defaultPort: number): Upstream {
    const url = parseUrl(text, defaultPort);
    return (typeof url === 'string' ? undefined : this.find(url)) ?? this.makeImplicit(text, []);
  }

  /** From now on names are looked up again and again. */
  start(): void {
    for (const part of this.running) part.start?.();
  }

  /** Stops what modules have started for upstreams, and looking up names. */
  stop(): void {
    for (const part of this.running.splice(0)) part.stop();
  }

  /** @internal */
  block(name: string): Upstream | undefined {
    return this.named.get(name.toLowerCase());
  }

  /** @internal */
  addBlock(upstream: Upstream): void {
    this.all.push(upstream);
    this.named.set(upstream.name.toLowerCase(), upstream);
  }

  /** @internal */
  makeImplicit(key: string, peers: readonly Peer[], name = key): Upstream {
    const upstream = upstreamOf(name, peers);
    this.implicit.set(key, upstream);
    this.all.push(upstream);
    return upstream;
  }

  /** @internal */
  runs(part: RunningPart | undefined): void {
    if (part) this.running.push(part);
  }
}

/** Finds all peers' addresses and binds balancing methods to them; names are looked up once, here. */
export async function planUpstreams(planning: UpstreamPlanning): Promise<Upstreams> {
  const upstreams = new Upstreams();
  const blocks = [...blocksOf(planning.model.root)];
  const groups = await Promise.all(blocks.map((block) => groupOf(block, planning, upstreams)));
  for (const [i, scope] of blocks.entries()) {
    const group = groups[i] as PeerGroup;
    const { balancer, key } = methodOf(scope, group, planning);
    upstreams.addBlock({ name: group.upstream, group, balancer, key, implicit: false, keepalive: null, sticky: null });
  }
  await placePassed(planning, upstreams);
  // What can't be run starts nothing.
  if (upstreams.diagnostics.length > 0) return upstreams;
  for (const [i, scope] of blocks.entries()) {
    const upstream = upstreams.all[i] as Upstream;
    const at = planning.context(scope);
    for (const { module, hooks } of planning.rooms)
      if (hooks.upstream) upstreams.runs(hooks.upstream(at.settings(module), upstream, at));
  }
  return upstreams;
}

function* blocksOf(scope: Scope): Generator<Scope> {
  if (scope.context === upstreamContext) yield scope;
  for (const child of scope.children) yield* blocksOf(child);
}

async function groupOf(scope: Scope, planning: UpstreamPlanning, upstreams: Upstreams): Promise<PeerGroup> {
  const name = scope.directive?.args[0] ?? '';
  const at = planning.context(scope);
  const { servers } = planning.model.settings.of(scope, httpUpstream);
  const lines = scope.uses.filter((use) => use.directive.name === 'server').map((use) => use.directive);
  const named: NamedServer[] = [];
  const placed = await Promise.all(
    servers.map(async (server) => {
      // The line it was read from; lines that could not be read have left none.
      const line = lines.find(({ args }) => args[0] === server.text) ?? (scope.directive as ConfigDirective);
      for (const parameter of server.notRun) at.notRun(line, `the parameter ${parameter} is not run`);
      const { text, weight, maxFails, failTimeout, maxConns, down, draining, route, backup } = server;
      const options = { server: text, weight, maxFails, failTimeout, maxConns, down, draining, route };
      const url = server.resolve ? nameOf(text) : null;
      if (url && !planning.host.network.isPlaced?.(url.host)) {
        const { service } = server;
        named.push({ host: url.host, service, port: url.port, options, backup, valid: 0 });
        return { backup, peers: [] };
      }
      return { backup, peers: await place(text, 80, options, { upstream: name, at: line }, planning, upstreams) };
    }),
  );
  const primaries = placed.filter(({ backup }) => !backup).flatMap(({ peers }) => peers);
  const backups = placed.filter(({ backup }) => backup).flatMap(({ peers }) => peers);
  if (primaries.length === 0 && named.every(({ backup }) => backup) && scope.directive)
    report(upstreams, scope.directive, `no servers in upstream "${name}"`);
  for (const line of refusedBackups(scope)) report(upstreams, line, 'balancing method does not support parameter "backup"');
  const group = { upstream: name, primaries, backups };
  if (!servers.some(({ resolve, text }) => resolve && nameOf(text))) return group;
  return followed(new ChangingGroup(name, named, group), at, planning, upstreams);
}

/** The URL of a server that is looked up while it runs; null when it is an address already. */
function nameOf(text: string): Url | null {
  const url = parseUrl(text, 80, false);
  return typeof url === 'string' || isFixed(url) ? null : url;
}

/** Names need a zone, which keeps their addresses over a reload, and a resolver (ngx_http_upstream_init_round_robin). */
function followed(group: ChangingGroup, at: PlanContext, { host }: UpstreamPlanning, upstreams: Upstreams): PeerGroup {
  const { zone } = at.settings(httpUpstreamZone);
  const own = at.settings(httpUpstream);
  const outer = at.settings(httpCore);
  const resolver = at.resolver(own.resolver ?? outer.resolver);
  // Without them nothing gets here: `nginx -t` fails.
  if (zone === undefined || !resolver) return group;
  at.zone<ChangingGroup>(httpUpstreamZone, { name: `${zone} ${group.upstream}`, size: 0 }, (before) => {
    if (before) group.inherit(before);
    return group;
  });
  const timeout = own.resolverTimeout ?? outer.resolverTimeout;
  upstreams.runs(new NameFollower(group, { clock: host.clock, resolver, timeout, log: (line) => at.log('error', line) }));
  return group;
}

/** Backups below a method that has none; above the method nginx lets them pass (ngx_http_upstream_server). */
function refusedBackups(scope: Scope): ConfigDirective[] {
  const methods = new Set(methodsOf({ scope }));
  const refused: ConfigDirective[] = [];
  let above: Use | undefined;
  for (const use of scope.uses) {
    if (methods.has(use)) above = use;
    else if (use.directive.name === 'server' && use.directive.args.includes('backup', 1) && !allowsBackup(above))
      refused.push(use.directive);
  }
  return refused;
}

/** The last method in the block counts (nginx: "load balancing method redefined"). */
function methodOf(scope: Scope, group: PeerGroup, { rooms, context }: UpstreamPlanning): BalancerPlan {
  const at = context(scope);
  for (const use of [...scope.uses].reverse()) {
    const room = rooms.find(({ module, hooks }) => module === use.entry.module && hooks.balancer);
    const plan = room?.hooks.balancer?.(at.settings(room.module), group, at);
    if (plan) return plan;
  }
  return { balancer: roundRobin(group), key: () => '' };
}

/** Hosts that a `…_pass` names itself. */
async function placePassed(planning: UpstreamPlanning, upstreams: Upstreams): Promise<void> {
  const wanted = new Map<string, { url: Url; at: ConfigDirective }>();
  for (const pass of referencesOf(planning.model).passes) {
    for (const url of ownTargets(pass)) {
      const block = upstreams.block(url.hostText);
      if (block && url.portText !== '')
        report(upstreams, pass.use.directive, `upstream "${url.hostText}" may not have port ${url.port}`);
      if (!block && !wanted.has(keyOf(url))) wanted.set(keyOf(url), { url, at: pass.use.directive });
    }
  }
  await Promise.all(
    [...wanted].map(async ([key, { url, at }]) => {
      const peers = await addressesOf(url, {}, { upstream: url.hostText, at }, planning, upstreams);
      upstreams.makeImplicit(key, peers, url.hostText);
    }),
  );
}

/** Where a `…_pass` that we run goes; what has variables is looked up when a request needs it. */
function ownTargets({ use, protocol, inStream, targets }: Pass): Url[] {
  if (inStream || protocol === 'grpc' || use.directive.args[0]?.includes('$')) return [];
  return (targets ?? []).flatMap(({ scheme, host, port }) => {
    const name = host.includes(':') && !/^unix:/i.test(host) ? `[${host}]` : host;
    const url = parseUrl(port ? `${name}:${port}` : name, scheme === 'https' ? 443 : protocol === 'proxy' ? 80 : 0);
    return typeof url === 'string' ? [] : [url];
  });
}

interface Origin {
  readonly upstream: string;
  readonly at: ConfigDirective;
}

type Weights = Omit<PeerOptions, 'name' | 'address'>;

async function place(
  text: string,
  defaultPort: number,
  options: Weights,
  origin: Origin,
  planning: UpstreamPlanning,
  upstreams: Upstreams,
): Promise<Peer[]> {
  const url = parseUrl(text, defaultPort, false);
  if (typeof url !== 'string') return addressesOf(url, options, origin, planning, upstreams);
  report(upstreams, origin.at, `${url} in upstream "${text}"`);
  return [];
}

async function addressesOf(
  url: Url,
  options: Weights,
  origin: Origin,
  { host, peersFor }: UpstreamPlanning,
  upstreams: Upstreams,
): Promise<Peer[]> {
  const text = url.unix || url.portText === '' ? url.hostText : `${url.hostText}:${url.portText}`;
  const elsewhere = await peersFor?.({ text, host: url.host, port: url.port, ...origin });
  if (elsewhere)
    return elsewhere.map((address) =>
      makePeer({ ...options, server: options.server ?? text, name: printName(url, url.host), address }),
    );
  if (isFixed(url)) return [peerOf(url, url.host, options)];
  const found = [...(await host.network.resolve(url.host))].sort((a, b) => Number(a.includes(':')) - Number(b.includes(':')));
  if (found.length === 0) report(upstreams, origin.at, `host not found in upstream "${text}"`);
  return found.map((address) => peerOf(url, address, options));
}

function peerOf(url: Url, host: string, options: Weights): Peer {
  const address: Address = url.unix ? { kind: 'unix', path: url.host } : { kind: 'ip', host, port: url.port };
  return makePeer({ ...options, name: printName(url, host), address, server: options.server ?? printName(url, host) });
}

function printName(url: Url, host: string): string {
  return url.unix ? `unix:${url.host}` : printPeer(host, url.port);
}

/** True when no name has to be looked up. */
function isFixed(url: Url): boolean {
  return url.unix || isIpLiteral(url.host);
}

function keyOf(url: Url): string {
  return url.unix ? `unix:${url.host}` : `${url.hostText.toLowerCase()}:${url.port}`;
}

function report(upstreams: Upstreams, at: ConfigDirective, nginx: string): void {
  upstreams.diagnostics.push({
    rule: 'upstream-not-usable',
    severity: 'error',
    message: nginx,
    nginx,
    span: spanOfArgument(at, 0),
  });
}
