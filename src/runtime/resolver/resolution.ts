import type { ServiceRecord } from '../codec/dns.ts';

/** NXDOMAIN, as an answer's code. */
export const notFound = 3;
/** The state of a lookup that took too long (nginx: NGX_RESOLVE_TIMEDOUT, which is ETIMEDOUT). */
export const timedOut = 110;

/** One address of a name. */
export interface ResolvedAddress {
  /** An IP literal, or a name that is placed by itself. */
  readonly host: string;
  /** Of a service's record; 0 for a plain name. */
  readonly port: number;
  /** The host that a service's record names; '' for a plain name. */
  readonly target: string;
  readonly priority: number;
  readonly weight: number;
}

/** What became of a lookup (nginx: ngx_resolver_ctx_t in its handler). */
export interface Resolution {
  /** 0, the answer's code, or `timedOut`. */
  readonly state: number;
  readonly addresses: readonly ResolvedAddress[];
  /** Seconds of wall time up to which it counts. */
  readonly valid: number;
  /** Hosts of a service that were looked up in vain. */
  readonly lost: readonly { readonly target: string; readonly state: number }[];
}

/** What a name server has said about a name. */
export interface Known {
  readonly ipv4: readonly string[];
  readonly ipv6: readonly string[];
  /** By priority. */
  readonly services: readonly ServiceRecord[];
  /** Another name, when there is nothing else; '' for none. */
  readonly alias: string;
  readonly valid: number;
  /** Seconds of wall time at which it is forgotten unless somebody asks. */
  expires: number;
}

/** A lookup that has failed. */
export function failure(state: number, valid: number): Resolution {
  return { state, addresses: [], valid, lost: [] };
}

const errors = ['Format error', 'Server failure', 'Host not found', 'Unimplemented', 'Operation refused'];

/** `3: Host not found` (ngx_resolver_strerror). */
export function stateText(state: number): string {
  return `${state}: ${state === timedOut ? 'Operation timed out' : (errors[state - 1] ?? 'Unknown error')}`;
}

/** The addresses of a name, from a random one on when `random` is given (ngx_resolver_export). */
export function addressesOf({ ipv4, ipv6 }: Known, random: (() => number) | null): ResolvedAddress[] {
  const below = (count: number) => (random && count > 0 ? Math.floor(random() * count) : 0);
  const count = ipv4.length + ipv6.length;
  if (count < 2) return [...ipv4, ...ipv6].map(plain);
  const start = count - below(count);
  const all = [...from(ipv4, below(ipv4.length)), ...from(ipv6, below(ipv6.length))];
  return from(all, start % count).map(plain);
}

function from<T>(list: readonly T[], start: number): T[] {
  return [...list.slice(start), ...list.slice(0, start)];
}

function plain(host: string): ResolvedAddress {
  return { host, port: 0, target: '', priority: 0, weight: 1 };
}

/** What became of one host of a service. */
export interface ServiceTarget {
  readonly record: ServiceRecord;
  readonly resolution: Resolution;
}

/** A service's addresses by priority, each priority from a record on that is drawn by weight (ngx_resolver_report_srv). */
export function serviceAddresses(targets: readonly ServiceTarget[], random: () => number): ResolvedAddress[] {
  const addresses: ResolvedAddress[] = [];
  for (let first = 0, next = 0; first < targets.length; first = next) {
    const { priority } = (targets[first] as ServiceTarget).record;
    while (targets[next]?.record.priority === priority) next++;
    const equals = targets.slice(first, next);
    for (const { record, resolution } of from(equals, draw(equals, random)))
      for (const { host } of resolution.addresses) addresses.push({ host, ...record });
  }
  return addresses;
}

function draw(equals: readonly ServiceTarget[], random: () => number): number {
  const shares = equals.map(({ record, resolution }) => record.weight * resolution.addresses.length);
  const total = shares.reduce((sum, share) => sum + share, 0);
  let point = Math.floor(random() * total);
  const drawn = shares.findIndex((share) => {
    if (point < share) return true;
    point -= share;
    return false;
  });
  return Math.max(0, drawn);
}
