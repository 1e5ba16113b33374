import { parseNumber } from '../schema/values/number.ts';
import { parseTime } from '../schema/values/time.ts';
import { effectiveOne } from './inherited.ts';
import type { Pass, Upstream } from './references.ts';
import { parametersOf, usableServers } from './server-parameters.ts';

/** What decides how often, and for how long, one request is tried (ngx_http_upstream_conf_t); times in milliseconds. */
export interface Retries {
  /** The words of `…_next_upstream` in force, or its default. */
  readonly reasons: ReadonlySet<string>;
  /** `…_next_upstream_tries`; 0 is no limit. */
  readonly tries: number;
  /** `…_next_upstream_timeout`; 0 is no limit. */
  readonly timeout: number;
  readonly connect: number;
  readonly read: number;
}

/** How long a request to servers that do not answer can take. */
export interface WorstCase {
  readonly attempts: number;
  /** Milliseconds until the client has its answer. */
  readonly total: number;
  /** What ends it: no server left, the limit on tries, the limit on time, or that a timeout is no reason to go on. */
  readonly endedBy: 'servers' | 'tries' | 'timeout' | 'reasons';
}

const limits = new WeakMap<Pass, Retries>();

/** The limits in force where requests are passed on, read once. */
export function retriesOf(pass: Pass): Retries {
  let retries = limits.get(pass);
  if (!retries) limits.set(pass, (retries = readRetries(pass)));
  return retries;
}

function readRetries({ scope, protocol, inStream }: Pass): Retries {
  const word = (name: string) => effectiveOne(scope, `${protocol}_${name}`)?.directive.args[0] ?? '';
  const reasons = effectiveOne(scope, `${protocol}_next_upstream`)?.directive.args ?? ['error', 'timeout'];
  return {
    reasons: new Set(inStream && reasons[0] !== 'off' ? ['error', 'timeout'] : reasons),
    tries: parseNumber(word('next_upstream_tries')) ?? 0,
    timeout: parseTime(word('next_upstream_timeout')) ?? 0,
    connect: parseTime(word('connect_timeout')) ?? 60_000,
    read: parseTime(word(inStream ? 'timeout' : 'read_timeout')) ?? (inStream ? 600_000 : 60_000),
  };
}

/**
 * The longest a request lasts when each attempt costs `each` milliseconds, the connect timeout for a host that is gone,
 * the read timeout for one that hangs. The limit on time is looked at between attempts only: it never cuts one short
 * (ngx_http_upstream_next).
 */
export function worstCase(servers: number, { reasons, tries, timeout }: Retries, each: number): WorstCase {
  if (!reasons.has('timeout') || reasons.has('off')) return { attempts: 1, total: each, endedBy: 'reasons' };
  const byTries = tries > 0 && tries < servers ? tries : servers;
  const byTime = timeout > 0 && each > 0 ? Math.max(1, Math.ceil(timeout / each)) : Number.POSITIVE_INFINITY;
  const attempts = Math.min(byTries, byTime);
  const endedBy = byTime < byTries ? 'timeout' : byTries < servers ? 'tries' : 'servers';
  return { attempts, total: attempts * each, endedBy };
}

interface Peer {
  readonly weight: number;
  readonly maxFails: number;
  fails: number;
  current: number;
  effective: number;
}

const mostRequests = 10_000;
/** Of larger upstreams nothing is computed: each request looks at every server for each of its tries. */
const mostServers = 256;

/**
 * How many requests, one after another, to a URL that every server answers with an error listed in `…_next_upstream` leave
 * an upstream without a server; undefined when they never do, or when it has more than 256 servers. An answer counts as a failure only while another try is left
 * (ngx_http_upstream_test_next), and a server is out once it has `max_fails` of them.
 */
export function requestsThatEject(upstream: Upstream, { tries, reasons }: Retries): number | undefined {
  const servers = usableServers(upstream);
  const most = tries > 0 ? Math.min(tries, servers.length) : servers.length;
  if (most < 2 || servers.length > mostServers || reasons.has('off')) return undefined;
  const lists = [servers.filter(({ backup }) => !backup), servers.filter(({ backup }) => backup)].map((list) =>
    list.map((server): Peer => {
      const { weight, maxFails } = parametersOf(server);
      return { weight, maxFails, fails: 0, current: 0, effective: weight };
    }),
  );
  if (lists.some((list) => list.some(({ maxFails }) => maxFails === 0))) return undefined;
  for (let requests = 1; requests <= mostRequests; requests++) {
    failEverywhere(lists, most);
    if (lists.every((list) => list.every(isOut))) return requests;
  }
  return undefined;
}

/** One request's way through all servers that are left; reserves come when no other server is (ngx_http_upstream_get_round_robin_peer). */
function failEverywhere(lists: readonly (readonly Peer[])[], tries: number): void {
  let left = tries;
  for (const list of lists) {
    const tried = new Set<Peer>();
    if (left < 1) return;
    for (let peer = nextOf(list, tried); peer && left-- > 1; peer = nextOf(list, tried)) {
      tried.add(peer);
      peer.fails++;
      peer.effective = Math.max(0, peer.effective - Math.floor(peer.weight / peer.maxFails));
    }
  }
}

function isOut({ fails, maxFails }: Peer): boolean {
  return fails >= maxFails;
}

/** Smooth weighted round robin among those that are in and were not tried (ngx_http_upstream_get_peer). */
function nextOf(list: readonly Peer[], tried: ReadonlySet<Peer>): Peer | undefined {
  let [best, total]: [Peer | undefined, number] = [undefined, 0];
  for (const peer of list) {
    if (tried.has(peer) || isOut(peer)) continue;
    peer.current += peer.effective;
    total += peer.effective;
    if (peer.effective < peer.weight) peer.effective++;
    if (!best || peer.current > best.current) best = peer;
  }
  if (best) best.current -= total;
  return best;
}

/** A time as people write it: `90s`, `500ms`. */
export function shownTime(milliseconds: number): string {
  return milliseconds < 1000 && milliseconds > 0 ? `${milliseconds}ms` : `${milliseconds / 1000}s`;
}
