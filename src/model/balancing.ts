import type { Upstream } from './references.ts';
import type { Use } from './scope.ts';

/** What a balancing method is good for. */
interface Method {
  /** `server … backup` is allowed below it. */
  readonly backup: boolean;
  /** Sends a client, or a key, to the same server again. */
  readonly affinity: boolean;
}

const methods: Readonly<Record<string, Method>> = {
  least_conn: { backup: true, affinity: false },
  least_time: { backup: true, affinity: false },
  ip_hash: { backup: false, affinity: true },
  hash: { backup: false, affinity: true },
  random: { backup: false, affinity: false },
};

/** Directives of other modules that keep a client on its server, or hand the choice to code we cannot read. */
const otherAffinity = [
  'sticky',
  'sticky_cookie_insert',
  'session_sticky',
  'jvm_route',
  'consistent_hash',
  'url_hash',
  'fair',
  'balancer_by_lua_block',
  'balancer_by_lua_file',
];

/** True for directives that choose a balancing method (ngx_http_upstream_*_module). */
export function isMethod(name: string): boolean {
  return Object.hasOwn(methods, name);
}

/** The directives in an upstream that choose its balancing method, in order; nginx obeys the last. */
export function methodsOf({ scope }: Pick<Upstream, 'scope'>): readonly Use[] {
  return scope.uses.filter(({ directive }) => isMethod(directive.name));
}

/** True when servers written below this method may be marked `backup`. */
export function allowsBackup(method: Use | undefined): boolean {
  return method === undefined || (methods[method.directive.name]?.backup ?? true);
}

/** True when requests of one client stay on one server, or may do so for all we know. */
export function hasAffinity(upstream: Upstream): boolean {
  const last = methodsOf(upstream).at(-1);
  if (last && methods[last.directive.name]?.affinity) return true;
  return upstream.scope.uses.some(({ directive }) => otherAffinity.includes(directive.name));
}
