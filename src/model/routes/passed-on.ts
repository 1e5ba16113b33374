import type { Address } from '../address.ts';
import type { Model } from '../build.ts';
import { effectiveFor } from '../inherited.ts';
import { type Pass, referencesOf } from '../references.ts';
import type { Use } from '../scope.ts';
import { groupFor, speaksTls } from './hops.ts';
import type { ListenGroup } from './listen-groups.ts';
import { type Site, siteFor } from './sites.ts';
import type { PlainRequest } from './visit-state.ts';
import type { Outcome } from './walk.ts';

/** A back end that is an address of the same configuration. */
export interface OwnTarget {
  readonly group: ListenGroup<Site>;
  /** `127.0.0.1:8080` */
  readonly name: string;
  /** The `server` line of the upstream that names it. */
  readonly use: Use | null;
  /** Some requests go to other back ends. */
  readonly oneOfMany: boolean;
}

const passes = new WeakMap<Model, ReadonlyMap<Use, Pass>>();

/** The first of the back ends of a `proxy_pass` at which this configuration listens itself; undefined when there is none. */
export function ownTarget(use: Use, model: Model, version: string): OwnTarget | undefined {
  const pass = passFor(use, model);
  if (pass?.protocol !== 'proxy' || pass.inStream || pass.targets?.length !== 1) return undefined;
  const [target] = pass.targets;
  const tls = target?.scheme === 'https';
  const [upstream] = pass.upstreams;
  const servers = upstream
    ? upstream.primaries.map(({ address, use }) => ({ address, use }))
    : target
      ? [{ address: target, use: null }]
      : [];
  for (const { address, use } of servers) {
    const group = groupAt(address, tls && !upstream ? 443 : 80, model);
    if (
      !group ||
      speaksTls(group, version) !== tls ||
      group.lines.some(({ listen }) => listen.parameters.includes('proxy_protocol'))
    )
      continue;
    return {
      group,
      name: group.key.replace(/^(?:0\.0\.0\.0|\[::\])/, address.host),
      use,
      oneOfMany: servers.length > 1,
    };
  }
  return undefined;
}

/** The request that a back end of the same configuration gets; undefined when that is not known. */
export function passedOn(
  { use, scope, state, route }: Extract<Outcome, { kind: 'pass' }>,
  { group }: OwnTarget,
  tls: boolean,
): PlainRequest | undefined {
  const [, authority = '', path = ''] = /^https?:\/\/([^/]*)(.*)$/i.exec(use.directive.args[0] ?? '') ?? [];
  const header = effectiveFor(scope, 'proxy_set_header', 'Host')?.directive.args[1] ?? authority;
  const name = state.expand(header);
  if (name === undefined || path.includes('$')) return undefined;
  const host = name.toLowerCase().replace(/:\d+$/, '');
  const site = siteFor(group, host);
  const uri =
    path === '' ? state.uri : path + state.uri.slice(route?.kind === 'prefix' || route?.kind === 'exact' ? route.name.length : 0);
  if (!site || /%|\?/.test(uri)) return undefined;
  return {
    group,
    site,
    scheme: tls ? 'https' : 'http',
    host,
    port: group.lines[0]?.listen.port ?? 80,
    uri: uri.replace(/\/{2,}/g, '/'),
    args: state.args,
  };
}

function passFor(use: Use, model: Model): Pass | undefined {
  let byUse = passes.get(model);
  if (!byUse) passes.set(model, (byUse = new Map(referencesOf(model).passes.map((pass) => [pass.use, pass]))));
  return byUse.get(use);
}

function groupAt({ host, port }: Address, defaultPort: number, model: Model): ListenGroup<Site> | undefined {
  const ip = host === 'localhost' ? '127.0.0.1' : host;
  return /^[\d.]+$|:/.test(ip) && !ip.startsWith('unix:')
    ? groupFor(model, ip, port === '' ? defaultPort : Number(port))
    : undefined;
}
