import { parseNumber } from '../number.ts';
import { ipv6 } from './url.ts';

/** A network as ngx_ptocidr reads it. */
export type Cidr =
  | { readonly family: 4; readonly address: number; readonly bits: number; readonly hasHostBits: boolean }
  | { readonly family: 6; readonly key: string; readonly hasHostBits: boolean };

/** `10.0.0.0/8`, `::1`; undefined when it is none. */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/');
  const host = slash < 0 ? text : text.slice(0, slash);
  const bits = slash < 0 ? undefined : parseNumber(text.slice(slash + 1));
  if (slash >= 0 && bits === undefined) return undefined;
  const address = inetAddress(host);
  if (address !== undefined && address !== 0xffffffff) return network4(address, bits ?? 32);
  const groups = ipv6(host);
  return groups && (bits ?? 128) <= 128 ? network6(groups, bits ?? 128) : undefined;
}

/** Four decimal numbers with dots between them; a missing one counts as 0 (ngx_inet_addr). */
export function inetAddress(text: string): number | undefined {
  let [address, octet, dots] = [0, 0, 0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x2e) {
      if (++dots > 3) return undefined;
      address = address * 256 + octet;
      octet = 0;
    } else if (code >= 0x30 && code <= 0x39) {
      octet = octet * 10 + code - 0x30;
      if (octet > 255) return undefined;
    } else return undefined;
  }
  return dots === 3 ? address * 256 + octet : undefined;
}

function network4(address: number, bits: number): Cidr | undefined {
  if (bits > 32) return undefined;
  const size = 2 ** (32 - bits);
  const first = Math.floor(address / size) * size;
  return { family: 4, address: first, bits, hasHostBits: first !== address };
}

function network6(groups: readonly number[], bits: number): Cidr {
  const binary = groups.map((group) => group.toString(2).padStart(16, '0')).join('');
  return { family: 6, key: `${binary.slice(0, bits)}/${bits}`, hasHostBits: binary.slice(bits).includes('1') };
}
