import { serverAround } from './inherited.ts';
import type { Upstream } from './references.ts';
import { type Scope, type Use, useIn, usesIn } from './scope.ts';

/** What `hash` sorts requests by. */
export interface HashKey {
  readonly use: Use;
  readonly text: string;
  /** Names of the variables in it, in lower case, without `$`. */
  readonly variables: readonly string[];
  readonly consistent: boolean;
}

/** The key of an upstream balanced by `hash`; undefined under another method. */
export function hashKeyOf({ scope }: Pick<Upstream, 'scope'>): HashKey | undefined {
  const use = useIn(scope, 'hash');
  const [text, word] = use?.directive.args ?? [];
  if (!use || text === undefined) return undefined;
  return { use, text, variables: variablesIn(text), consistent: word === 'consistent' };
}

/** Names of variables in a value, in lower case. */
export function variablesIn(text: string): readonly string[] {
  return [...text.matchAll(/\$(?:\{(\w+)\}|(\w+))/g)].map(([, braced, plain]) => (braced ?? plain ?? '').toLowerCase());
}

/** True for `ip_hash` and a hash of nothing but the client's address. */
export function sortsByAddress(upstream: Upstream): Use | undefined {
  const ipHash = useIn(upstream.scope, 'ip_hash');
  if (ipHash) return ipHash;
  const key = hashKeyOf(upstream);
  const isAddress = key && key.variables.length > 0 && key.variables.every((name) => /^(binary_)?remote_addr$/.test(name));
  return isAddress ? key.use : undefined;
}

/** Variables that are the same for every request of one nginx. */
const fixed = new Set(['hostname', 'pid', 'nginx_version']);

/** How many values most requests share: the rest of a variable's values hardly occur. */
const few: Readonly<Record<string, number>> = {
  request_method: 3,
  ssl_protocol: 2,
  server_protocol: 3,
  is_args: 2,
  https: 2,
  http2: 2,
  http3: 2,
};

/**
 * How many different values of a variable reach an upstream: 1 for what is the same in all requests, undefined for what
 * clients make different. What depends on the server is counted over the servers that pass to it.
 */
export function distinctValues(variable: string, upstream: Upstream): number | undefined {
  if (fixed.has(variable)) return 1;
  if (Object.hasOwn(few, variable)) return few[variable];
  const servers = [...new Set(upstream.passes.map(({ scope }) => serverAround(scope)))];
  if (servers.length === 0 || servers.some(({ directive }) => directive?.name !== 'server')) return undefined;
  const listens = servers.map((server) => usesIn(server, 'listen').map(({ directive }) => directive.args));
  if (variable === 'server_name') return servers.length;
  if (variable === 'scheme')
    return new Set(listens.flat().map((args) => args.includes('ssl') || args.includes('quic'))).size || 1;
  if (variable === 'server_port')
    return new Set(listens.flat().map(([at = '']) => /(?:^|:)(\d+)$/.exec(at)?.[1] ?? '80')).size || 1;
  return variable === 'server_addr' ? addresses(listens) : hosts(variable, servers);
}

/** Of a wildcard listener the machine's addresses are not known. */
function addresses(listens: readonly (readonly (readonly string[])[])[]): number | undefined {
  const found = listens.flat().map(([at = '']) => /^(\d+\.\d+\.\d+\.\d+|\[[0-9a-f:]+\])(?::|$)/i.exec(at)?.[1]);
  return found.length === 0 || found.includes(undefined) ? undefined : new Set(found).size;
}

/** One name in one server: clients that mean this site all send the same. */
function hosts(variable: string, servers: readonly Scope[]): number | undefined {
  if (variable !== 'host' && variable !== 'http_host') return undefined;
  const names = servers.flatMap((server) => usesIn(server, 'server_name').flatMap(({ directive }) => directive.args));
  return names.length === 0 || names.some((name) => /^[~._*]|\*|^$/.test(name)) ? undefined : new Set(names).size;
}
