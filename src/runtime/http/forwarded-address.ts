import type { Cidr } from '../../schema/values/grammar/cidr.ts';
import { type IpAddress, isInNetwork, readIp, readIpAndPort } from '../../schema/values/ip-address.ts';
import type { Request } from './request.ts';

/** Whose word about their clients is taken. */
export interface TrustedProxies {
  readonly networks: readonly Cidr[];
  /** Clients that come over UNIX sockets are trusted. */
  readonly unix?: boolean;
  /** Go on through all that are trusted, not one step only. */
  readonly recursive: boolean;
}

/** The client's address behind trusted proxies, as `X-Forwarded-For` tells it (ngx_http_get_forwarded_addr). */
export function forwardedAddress(r: Request, from: IpAddress, trusted: TrustedProxies): IpAddress {
  const hop = forwardedHop(from, fieldsNamed(r, 'x-forwarded-for'), trusted);
  return (hop === undefined ? undefined : readIpAndPort(hop)) ?? from;
}

/** All values of a field, in order. */
export function fieldsNamed({ headersIn: { lower, values } }: Request, name: string): readonly string[] {
  return values.filter((_, at) => lower[at] === name);
}

/** Who asks according to trusted proxies, as they wrote it, the port included; undefined when nobody trusted says so. */
export function forwardedHop(
  from: IpAddress | 'unix',
  fields: readonly string[],
  { networks, unix = false, recursive }: TrustedProxies,
): string | undefined {
  let address = from;
  let found: string | undefined;
  for (const field of [...fields].reverse()) {
    for (const hop of hopsFromEnd(field)) {
      const isTrusted = address === 'unix' ? unix : isInAny(address, networks);
      const next = isTrusted ? readIpAndPort(hop) : undefined;
      if (!next) return found;
      address = next;
      found = hop;
      if (!recursive) return found;
    }
  }
  return found;
}

/** The hops of a field, the last one first. A separator that begins the field is taken for part of the first hop. */
function hopsFromEnd(field: string): string[] {
  const hops: string[] = [];
  let end = field.length;
  do {
    while (end > 1 && isSeparator(field[end - 1])) end--;
    let start = Math.max(0, end - 1);
    while (start > 0 && !isSeparator(field[start])) start--;
    if (start > 0) start++;
    hops.push(field.slice(start, end));
    end = start - 1;
  } while (end > 0);
  return hops;
}

function isSeparator(sign: string | undefined): boolean {
  return sign === ' ' || sign === ',';
}

function isInAny(address: IpAddress, networks: readonly Cidr[]): boolean {
  return networks.some((network) => isInNetwork(address, network));
}

/** `$remote_addr` in the form that rules about networks compare; undefined for what is no address. */
export function sourceOf(remoteAddr: string): IpAddress | 'unix' | undefined {
  return remoteAddr.startsWith('unix:') ? 'unix' : readIp(remoteAddr);
}
