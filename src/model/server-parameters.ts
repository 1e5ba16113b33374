import { parseNumber } from '../schema/values/number.ts';
import { parseTime } from '../schema/values/time.ts';
import type { Upstream, UpstreamServer } from './references.ts';
import { useIn } from './scope.ts';

/** What a `server` line of an upstream says of the server, defaults filled in (ngx_http_upstream_server). */
export interface ServerParameters {
  readonly weight: number;
  /** 0: failures are not counted. */
  readonly maxFails: number;
  /** Seconds: how long failures count together, and how long the server then stays out. */
  readonly failTimeout: number;
  /** 0: no limit. */
  readonly maxConns: number;
}

const parameters = new WeakMap<UpstreamServer, ServerParameters>();

/** The parameters in force for a server, read once; what nginx would refuse counts as not written. */
export function parametersOf(server: UpstreamServer): ServerParameters {
  let found = parameters.get(server);
  if (!found) parameters.set(server, (found = readParameters(server)));
  return found;
}

function readParameters(server: UpstreamServer): ServerParameters {
  return {
    weight: parseNumber(valueOf(server, 'weight') ?? '') || 1,
    maxFails: parseNumber(valueOf(server, 'max_fails') ?? '') ?? 1,
    failTimeout: parseTime(valueOf(server, 'fail_timeout') ?? '', 's') ?? 10,
    maxConns: parseNumber(valueOf(server, 'max_conns') ?? '') ?? 0,
  };
}

/** What is written behind `NAME=` on a server's line; undefined when nothing is. The last one counts. */
export function valueOf({ use }: UpstreamServer, name: string): string | undefined {
  return use.directive.args[indexOf({ use }, name)]?.slice(name.length + 1);
}

/** The argument that is `NAME=…`, counted from 0; -1 when there is none. */
export function indexOf({ use }: Pick<UpstreamServer, 'use'>, name: string): number {
  const { args } = use.directive;
  for (let index = args.length - 1; index > 0; index--) {
    const word = args[index] as string;
    if (word.startsWith(name) && word.charAt(name.length) === '=') return index;
  }
  return -1;
}

const usable = new WeakMap<Upstream, readonly UpstreamServer[]>();

/** Servers that may get requests: all that are not marked `down`, reserves included; found once for each upstream. */
export function usableServers(upstream: Upstream): readonly UpstreamServer[] {
  let servers = usable.get(upstream);
  if (!servers) usable.set(upstream, (servers = upstream.servers.filter(({ down }) => !down)));
  return servers;
}

const checked = new WeakMap<Upstream, boolean>();

/** True when something else than requests finds out which servers are dead: `check`, or `health_check` of commercial nginx. */
export function isChecked(upstream: Upstream): boolean {
  let found = checked.get(upstream);
  if (found === undefined) {
    const { scope, passes } = upstream;
    found = useIn(scope, 'check') !== undefined || passes.some((pass) => useIn(pass.scope, 'health_check') !== undefined);
    checked.set(upstream, found);
  }
  return found;
}
