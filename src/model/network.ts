/** An address or a network, as `allow`, `resolver` or `set_real_ip_from` name it. */
export interface Network {
  readonly version: 4 | 6;
  /** Bits that are fixed. */
  readonly length: number;
  /** Nobody outside can send from there: loopback, private, link-local, shared (RFC 1122, 1918, 3927, 4193, 4291, 6598). */
  readonly isPrivate: boolean;
}

/** Reads `10.0.0.0/8`, `10.1.2.3`, `fd00::/8`; undefined for names, sockets and what is none. */
export function networkOf(text: string): Network | undefined {
  const [, address = '', bits] = /^(.*?)(?:\/(\d{1,3}))?$/s.exec(text) ?? [];
  const numbers = /^(\d{1,3})\.(\d{1,3})\.\d{1,3}\.\d{1,3}$/.exec(address);
  if (numbers) {
    const length = Number(bits ?? 32);
    return { version: 4, length, isPrivate: isPrivate4(Number(numbers[1]), Number(numbers[2]), length) };
  }
  if (!/^[0-9a-f:]*:[0-9a-f:.]*$/i.test(address)) return undefined;
  const length = Number(bits ?? 128);
  return { version: 6, length, isPrivate: isPrivate6(address.toLowerCase(), length) };
}

function isPrivate4(first: number, second: number, length: number): boolean {
  if (first === 10 || first === 127) return length >= 8;
  if (first === 172) return (second & 0xf0) === 16 && length >= 12;
  if (first === 192 && second === 168) return length >= 16;
  if (first === 169 && second === 254) return length >= 16;
  return first === 100 && (second & 0xc0) === 64 && length >= 10;
}

function isPrivate6(address: string, length: number): boolean {
  if (address === '::1') return length === 128;
  const first = Number.parseInt(address.split(':')[0] || '0', 16);
  return (
    ((first & 0xfe00) === 0xfc00 && length >= 7) ||
    ((first & 0xffc0) === 0xfe80 && length >= 10) ||
    ((first & 0xffc0) === 0xfec0 && length >= 10)
  );
}
