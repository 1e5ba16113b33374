import { type Cidr, inetAddress } from './grammar/cidr.ts';
import { ipv6 } from './grammar/url.ts';

/** An address as networks are compared with it. */
export interface IpAddress {
  /** An IPv4 address, also one that an IPv6 address carries (`::ffff:192.0.2.1`). */
  readonly v4: number | undefined;
  /** The 128 binary digits of an IPv6 address. */
  readonly v6: string | undefined;
}

/** What ngx_inet_addr says of no address; 255.255.255.255 is none either. */
export const noAddress = 0xffffffff;

const mappedPrefix = `${'0'.repeat(80)}${'1'.repeat(16)}`;

/** Reads `192.0.2.1` or `2001:db8::1`; undefined for anything else (ngx_parse_addr). */
export function readIp(text: string): IpAddress | undefined {
  if (!text.includes(':')) {
    const v4 = inetAddress(text);
    return v4 === undefined || v4 === noAddress ? undefined : { v4, v6: undefined };
  }
  const groups = ipv6(text);
  if (!groups) return undefined;
  const v6 = groups.map((group) => group.toString(2).padStart(16, '0')).join('');
  return { v4: v6.startsWith(mappedPrefix) ? Number.parseInt(v6.slice(96), 2) : undefined, v6 };
}

/** Reads an address that may have a port: `192.0.2.1:80`, `[::1]:80` (ngx_parse_addr_port). */
export function readIpAndPort(text: string): IpAddress | undefined {
  return readIp(withoutPort(text));
}

/** The address of `192.0.2.1:80` or `[::1]:80`; the text itself when it has no port. */
export function withoutPort(text: string): string {
  if (readIp(text)) return text;
  const [, bracketed, plain] = /^(?:\[([^\]]*)\]|([^:]*)):\d{1,5}$/.exec(text) ?? [];
  return bracketed ?? plain ?? '';
}

/** The address as the system has it: four bytes or sixteen; undefined for anything else. */
export function addressBytes(text: string): string | undefined {
  if (text.includes(':')) {
    const groups = ipv6(text);
    return groups && String.fromCharCode(...groups.flatMap((group) => [group >> 8, group & 0xff]));
  }
  const octets = text.split('.');
  return octets.length === 4 ? String.fromCharCode(...octets.map(Number)) : undefined;
}

/** True when the address lies in the network; a mapped IPv4 address in IPv4 networks only (ngx_cidr_match). */
export function isInNetwork({ v4, v6 }: IpAddress, network: Cidr): boolean {
  if (network.family === 6) return v4 === undefined && v6 !== undefined && v6.startsWith(prefixOf(network.key));
  const size = 2 ** (32 - network.bits);
  return v4 !== undefined && v4 - (v4 % size) === network.address;
}

/** The leading digits of `0010…/48`. */
export function prefixOf(key: string): string {
  return key.slice(0, key.indexOf('/'));
}
