import type { ConfigDirective } from '../../config/config-tree.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Address, Host } from '../../host/host.ts';
import { allowsBackup, methodsOf } from '../../model/balancing.ts';
import type { Model } from '../../model/build.ts';
import { spanOfArgument } from '../../model/place.ts';
import { type Pass, referencesOf } from '../../model/references.ts';
import type { Scope, Use } from '../../model/scope.ts';
import { httpUpstream } from '../../modules/http/upstream/directives.ts';
import { upstream as upstreamContext } from '../../schema/contexts.ts';
import type { BalancerPlan, HandlerRoom, PlanContext } from '../hooks.ts';
import { makePeer, type Peer, type PeerGroup, type PeerOptions } from './peer.ts';
import { roundRobin } from './round-robin.ts';
import type { Upstream } from './upstream.ts';
import { isIpLiteral, parseUrl, type Url } from './url.ts';

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

/** The upstreams of a configuration: those with a block, and those that a `proxy_pass` to an address makes. */
export class Upstreams {
  /** In the order of the file; implicit ones follow. */
  readonly all: Upstream[] = [];
  readonly diagnostics: Diagnostic[] = [];
  private readonly named = new Map<string, Upstream>();
  private readonly implicit = new Map<string, Upstream>();
  private readonly running: { stop(): void }[] = [];

  /** The block of that name, without regard to case; a name with a port is never one. */
  find(name: string, port: number | null): Upstream | undefined {
    return port === null ? this.named.get(name.toLowerCase()) : undefined;
  }

  /** What `proxy_pass http://text` goes to (ngx_http_upstream_add); made on the spot from IP literals. */
  get(text: string, defaultPort: number): Upstream {
    const url = parseUrl(text, defaultPort);
    if (typeof url === 'string') return this.makeImplicit(text, []);
    const block = this.find(url.hostText, url.portText === '' ? null : url.port);
    return (
      block ??
      this.implicit.get(keyOf(url)) ??
      this.makeImplicit(keyOf(url), isFixed(url) ? [peerOf(url, url.host, {})] : [], url.hostText)
    );
  }

  /** Stops what modules have started for upstreams. */
  stop(): void {
    for (const part of this.running.splice(0)) part.stop();
  }

  /** @internal */
  addBlock(upstream: Upstream): void {
    this.all.push(upstream);
    this.named.set(upstream.name.toLowerCase(), upstream);
  }

  /** @internal */
  makeImplicit(key: string, peers: readonly Peer[], name = key): Upstream {
    const group = { upstream: name, primaries: peers, backups: [] };
    const upstream: Upstream = { name, group, balancer: roundRobin(group), key: noKey, implicit: true, keepalive: null };
    this.implicit.set(key, upstream);
    this.all.push(upstream);
    return upstream;
  }

  /** @internal */
  runs(part: { stop(): void } | undefined): void {
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
    upstreams.addBlock({ name: group.upstream, group, balancer, key, implicit: false, keepalive: null });
  }
  await placePassed(planning, upstreams);
  for (const [i, scope] of blocks.entries()) {
    const upstream = upstreams.all[i] as Upstream;
    const at = planning.context(scope);
    for (const { module, hooks } of planning.rooms)
      if (hooks.upstream) upstreams.runs(hooks.upstream(at.settings(module), upstream, at));
  }
  return upstreams;
}

const noKey = () => '';

function* blocksOf(scope: Scope): Generator<Scope> {
  if (scope.context === upstreamContext) yield scope;
  for (const child of scope.children) yield* blocksOf(child);
}

async function groupOf(scope: Scope, planning: UpstreamPlanning, upstreams: Upstreams): Promise<PeerGroup> {
  const name = scope.directive?.args[0] ?? '';
  const { servers } = planning.model.settings.of(scope, httpUpstream);
  const lines = scope.uses.filter((use) => use.directive.name === 'server').map((use) => use.directive);
  const placed = await Promise.all(
    servers.map(async (server) => {
      // The line it was read from; lines that could not be read have left none.
      const at = lines.find(({ args }) => args[0] === server.text) ?? (scope.directive as ConfigDirective);
      for (const parameter of server.notRun) planning.context(scope).notRun(at, `the parameter ${parameter} is not run`);
      const { text, weight, maxFails, failTimeout, maxConns, down } = server;
      const options = { server: text, weight, maxFails, failTimeout, maxConns, down };
      return { backup: server.backup, peers: await place(text, 80, options, { upstream: name, at }, planning, upstreams) };
    }),
  );
  const primaries = placed.filter(({ backup }) => !backup).flatMap(({ peers }) => peers);
  const backups = placed.filter(({ backup }) => backup).flatMap(({ peers }) => peers);
  if (primaries.length === 0 && scope.directive) report(upstreams, scope.directive, `no servers in upstream "${name}"`);
  for (const line of refusedBackups(scope)) report(upstreams, line, 'balancing method does not support parameter "backup"');
  return { upstream: name, primaries, backups };
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
  return { balancer: roundRobin(group), key: noKey };
}

/** Hosts that a `…_pass` names itself. */
async function placePassed(planning: UpstreamPlanning, upstreams: Upstreams): Promise<void> {
  const wanted = new Map<string, { url: Url; at: ConfigDirective }>();
  for (const pass of referencesOf(planning.model).passes) {
    for (const url of ownTargets(pass)) {
      const block = upstreams.find(url.hostText, null);
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
  if (url.unix) return `unix:${url.host}`;
  return host.includes(':') ? `[${host}]:${url.port}` : `${host}:${url.port}`;
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
