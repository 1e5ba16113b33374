import type { ConfigDirective } from '../../config/config-tree.ts';
import { type Pass, referencesOf } from '../../model/references.ts';
import type { ListenGroup } from '../../model/routes/listen-groups.ts';
import { defaultServerOf } from '../../model/routes/listen-groups.ts';
import { matchPath, type Site, sitesOf } from '../../model/routes/sites.ts';
import { type Scope, scopesWithin, usesIn } from '../../model/scope.ts';
import { streamServer } from '../../schema/contexts.ts';
import { type Listen, readListen } from '../../schema/values/listen.ts';
import type { Ledger } from '../gaps.ts';
import { inOneLine, isV6, type Job, type Service } from './job.ts';

/** The virtual servers of a configuration: one for each port of http and stream at which connections are passed on. */
export function servicesOf(job: Job): readonly Service[] {
  const passes = new Map(referencesOf(job.model).passes.map((pass) => [pass.scope, pass]));
  const services = new Map<string, Service>();
  for (const group of sitesOf(job.model).groups) addHttp(group, { job, passes, services });
  for (const scope of scopesWithin(job.model.root)) {
    if (scope.context === streamServer) addStream(scope, { job, passes, services });
  }
  sayOthers(job, [...services.values()]);
  return [...services.values()];
}

interface Found {
  readonly job: Job;
  readonly passes: ReadonlyMap<Scope, Pass>;
  readonly services: Map<string, Service>;
}

function addHttp(group: ListenGroup<Site>, found: Found): void {
  const pass = passAt(group, found);
  for (const { server, listen } of group.lines) {
    const at = listenAt(server.scope, listen) ?? server.at;
    if (!at) continue;
    if (group.key.startsWith('udp ')) found.job.ledger.dropped(at, 'QUIC is not passed on', 'quic');
    else add({ at, listen, protocol: 'TCP', pass }, found);
  }
}

/** What the default server does with `/`; another location's pass where it does that itself. */
function passAt(group: ListenGroup<Site>, { passes }: Found): Pass | undefined {
  const first = defaultServerOf(group);
  const sites = first ? [first, ...group.lines.map(({ server }) => server)] : [];
  const scopes = sites.flatMap((site) => [
    matchPath(site, '/').route?.scope ?? site.scope,
    ...site.routes.map(({ scope }) => scope),
  ]);
  return scopes.map((scope) => passes.get(scope)).find((pass) => pass !== undefined && isUsable(pass));
}

function isUsable({ protocol, targets }: Pass): boolean {
  return (protocol === 'proxy' || protocol === 'grpc') && targets !== null && targets.length > 0;
}

function addStream(scope: Scope, found: Found): void {
  const pass = found.passes.get(scope);
  for (const { directive } of usesIn(scope, 'listen')) {
    const [text = '', ...words] = directive.args;
    const listens = readListen([text], { name: 'listen', context: streamServer, lines: [], fail: () => undefined }) ?? [];
    for (const listen of listens) {
      const own = { ...listen, parameters: words };
      add(
        {
          at: directive,
          listen: own,
          protocol: words.includes('udp') ? 'UDP' : 'TCP',
          pass: pass && isUsable(pass) ? pass : undefined,
        },
        found,
      );
    }
  }
}

interface Line {
  readonly at: ConfigDirective;
  readonly listen: Listen;
  readonly protocol: 'TCP' | 'UDP';
  readonly pass: Pass | undefined;
}

function add({ at, listen, protocol, pass }: Line, { job: { ledger, options }, services }: Found): void {
  const { host, port, path } = listen;
  if (path !== '') return ledger.dropped(at, 'no director reaches a socket of this machine');
  const vip = options.vips.find((one) => isV6(one) === isV6(host));
  if (vip === undefined) return ledger.dropped(at, `there is no --vip of ${isV6(host) ? 'IPv6' : 'IPv4'} for it`);
  if (!pass) return ledger.dropped(at, 'nothing at this address is passed on: nginx answers itself');
  if (listen.parameters.includes('ssl') && pass.targets?.[0]?.scheme !== 'https')
    return ledger.dropped(at, 'TLS is not ended here, and the servers do not speak it', 'ssl');
  const key = `${vip} ${port} ${protocol}`;
  const known = services.get(key);
  if (known && goal(known.pass) !== goal(pass)) return ledger.dropped(at, `port ${port} leads to ${goal(known.pass)} already`);
  services.set(key, { vip, port, protocol, pass: known?.pass ?? pass });
  ledger.mapped(at, `virtual_server ${vip} ${port}`);
  sayParameters(at, listen, ledger);
}

function sayParameters(at: ConfigDirective, { parameters }: Listen, ledger: Ledger): void {
  if (parameters.includes('ssl')) ledger.approximated(at, 'TLS is not ended here but by the servers', 'ssl');
  if (parameters.includes('proxy_protocol')) ledger.dropped(at, 'the PROXY protocol is not read', 'proxy_protocol');
}

/** Where a pass leads, in words. */
export function goal({ upstreams, targets }: Pass): string {
  const [target] = targets ?? [];
  return inOneLine(upstreams[0]?.name ?? `${target?.host}:${target?.port}`);
}

function sayOthers({ model, ledger }: Job, services: readonly Service[]): void {
  const chosen = new Set(services.map(({ pass }) => pass));
  for (const pass of referencesOf(model).passes) {
    const { directive } = pass.use;
    if (!chosen.has(pass)) {
      ledger.dropped(directive, 'a port leads to one upstream: paths and hosts are not seen');
      continue;
    }
    ledger.mapped(directive, `the real servers are those of ${goal(pass)}`);
    for (const { use } of pass.upstreams.slice(0, 1)) ledger.mapped(use.directive, 'real servers');
    if (/^\w+:\/\/[^/]+\//.test(directive.args[0] ?? '')) ledger.dropped(directive, 'paths are not changed', 'uri');
    const isTls = pass.targets?.[0]?.scheme === 'https';
    if (isTls && !usesIn(siteScope(pass.scope), 'listen').some((use) => use.directive.args.includes('ssl')))
      ledger.dropped(directive, 'no TLS is begun here: clients would have to', 'https');
  }
}

function siteScope(scope: Scope): Scope {
  return scope.parent && usesIn(scope, 'listen').length === 0 ? siteScope(scope.parent) : scope;
}

function listenAt(scope: Scope, { text }: Listen): ConfigDirective | undefined {
  return usesIn(scope, 'listen').find(({ directive }) => directive.args[0] === text)?.directive;
}
