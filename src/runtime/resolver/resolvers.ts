import type { Address, Host } from '../../host/host.ts';
import type { ResolverSetting } from '../../schema/values/resolver.ts';
import type { LogLevel } from '../log-level.ts';
import { isIpLiteral, parseUrl } from '../upstream/url.ts';
import { Resolver } from './resolver.ts';

/** What resolvers need of the configuration they belong to. */
export interface ResolverSurroundings {
  readonly host: Host;
  /** What has to be settled before it runs. */
  readonly pending: Promise<void>[];
  log(level: LogLevel, message: string): void;
}

/** The resolvers of a configuration, one for each directive: blocks that inherit it share what it knows. */
export class Resolvers {
  private readonly made = new Map<ResolverSetting, Resolver>();

  constructor(private readonly surroundings: ResolverSurroundings) {}

  /** The resolver of a directive; `fail` is told in nginx's words what is wrong with it. */
  of(setting: ResolverSetting, fail: (nginx: string) => void): Resolver {
    const { host, pending, log } = this.surroundings;
    let resolver = this.made.get(setting);
    if (resolver) return resolver;
    resolver = new Resolver(host, setting, log);
    this.made.set(setting, resolver);
    const addresses = setting.servers.map((server) => addressesOf(server, host, fail));
    pending.push(Promise.all(addresses).then((all) => resolver.place(all.flat())));
    return resolver;
  }

  /** The configuration is replaced, or not used. */
  retire(): void {
    for (const resolver of this.made.values()) resolver.retire();
  }
}

/** Where a name server is; a name is looked up once. */
async function addressesOf(server: string, { network }: Host, fail: (nginx: string) => void): Promise<Address[]> {
  const url = parseUrl(server, 53, false);
  const hosts = typeof url === 'string' ? [] : isIpLiteral(url.host) ? [url.host] : await network.resolve(url.host);
  if (hosts.length === 0) fail(`${typeof url === 'string' ? url : 'host not found'} in resolver "${server}"`);
  return hosts.map((host) => ({ kind: 'ip', host, port: typeof url === 'string' ? 53 : url.port }));
}
