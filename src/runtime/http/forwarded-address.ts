import type { Cidr } from '../../schema/values/grammar/cidr.ts';
import { type IpAddress, isInNetwork, readIpAndPort } from '../../schema/values/ip-address.ts';
import type { Request } from './request.ts';

/** Whose word about their clients is taken. */
export interface TrustedProxies {
  readonly networks: readonly Cidr[];
  /** Go on through all that are trusted, not one step only. */
  readonly recursive: boolean;
}

/** The client's address behind trusted proxies, as `X-Forwarded-For` tells it (ngx_http_get_forwarded_addr). */
export function forwardedAddress(r: Request, from: IpAddress, { networks, recursive }: TrustedProxies): IpAddress {
  const { lower, values } = r.headersIn;
  let address = from;
  for (let at = lower.length - 1; at >= 0; at--) {
    if (lower[at] !== 'x-forwarded-for') continue;
    const hops = (values[at] as string).split(/[ ,]+/).filter((hop) => hop !== '');
    for (const hop of hops.length === 0 ? [''] : hops.reverse()) {
      const next = networks.some((network) => isInNetwork(address, network)) ? readIpAndPort(hop) : undefined;
      if (!next) return address;
      address = next;
      if (!recursive) return address;
    }
  }
  return address;
}
