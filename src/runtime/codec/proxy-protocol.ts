import { printedIpv6 } from '../../schema/values/grammar/url.ts';

/*
 * The PROXY protocol, as a server reads it: a line of text (version 1) or a binary head with typed values (version 2)
 * that a proxy sends before everything else (ngx_proxy_protocol.c).
 */

/** Whose connection a proxy passes on. */
export interface ProxyHeader {
  /** The client's address and the one it has connected to; in version 1 as the proxy has written them. */
  readonly source: string;
  readonly destination: string;
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** What stands behind the addresses in version 2: type, length in two bytes, value, again and again. */
  readonly values: Buffer;
}

/** What the first bytes of a connection say. */
export type ProxyHeaderResult =
  | { readonly end: number; readonly header: ProxyHeader | null }
  /** nginx's message; '' where it closes without one. */
  | { readonly error: string };

const signature = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1');
const fixed = 16;
const noValues = Buffer.alloc(0);

/** Reads a head that must be here as a whole; `header` is null when the proxy speaks for itself (ngx_proxy_protocol_read). */
export function readProxyHeader(bytes: Buffer): ProxyHeaderResult {
  if (bytes.length >= fixed && signature.equals(bytes.subarray(0, signature.length))) return readBinary(bytes);
  const text = bytes.toString('latin1');
  const unknown = /^PROXY UNKNOWN.*?\r\n/s.exec(text);
  if (unknown) return { end: unknown[0].length, header: null };
  const [line, source, destination, from, to] =
    /^PROXY TCP[46] ([0-9a-fA-F.:]*) ([0-9a-fA-F.:]*) ([0-9]+) ([0-9]+)\r\n/.exec(text) ?? [];
  const [sourcePort, destinationPort] = [Number(from), Number(to)];
  if (line === undefined || source === undefined || destination === undefined || sourcePort > 65_535 || destinationPort > 65_535)
    return { error: `broken header: "${/^[^\r\n]*/.exec(text)?.[0] ?? ''}"` };
  return { end: line.length, header: { source, destination, sourcePort, destinationPort, values: noValues } };
}

// ngx_proxy_protocol_v2_read
function readBinary(bytes: Buffer): ProxyHeaderResult {
  const [command, family, end] = [bytes.readUInt8(12), bytes.readUInt8(13), fixed + bytes.readUInt16BE(14)];
  if (command >> 4 !== 2) return { error: `unknown PROXY protocol version: ${command >> 4}` };
  if (end > bytes.length) return { error: 'header is too large' };
  const size = { 1: 4, 2: 16 }[family >> 4];
  // Only PROXY over a stream says something; LOCAL is the proxy itself.
  if ((command & 15) !== 1 || (family & 15) !== 1 || size === undefined) return { end, header: null };
  const ports = fixed + 2 * size;
  if (ports + 4 > end) return { error: '' };
  const header = {
    source: addressIn(bytes.subarray(fixed, fixed + size)),
    destination: addressIn(bytes.subarray(fixed + size, ports)),
    sourcePort: bytes.readUInt16BE(ports),
    destinationPort: bytes.readUInt16BE(ports + 2),
    values: Buffer.from(bytes.subarray(ports + 4, end)),
  };
  return { end, header };
}

/** Four or sixteen bytes as text (ngx_sock_ntop). */
function addressIn(bytes: Buffer): string {
  if (bytes.length === 4) return bytes.join('.');
  return printedIpv6(Array.from({ length: 8 }, (_, at) => bytes.readUInt16BE(2 * at)));
}

const types: Readonly<Record<string, number>> = { alpn: 1, authority: 2, unique_id: 5, ssl: 0x20, netns: 0x30 };
const sslTypes: Readonly<Record<string, number>> = { version: 0x21, cn: 0x22, cipher: 0x23, sig_alg: 0x24, key_alg: 0x25 };

/** Before the values inside of `ssl` stand a byte of flags and the result of the verification. */
const sslHead = 5;

/**
 * A value by name (`alpn`, `ssl_cn`, `0xae`), as bytes of a string; undefined when there is none. What is broken is given
 * to `fail` (ngx_proxy_protocol_get_tlv).
 */
export function proxyValue({ values }: ProxyHeader, name: string, fail: (nginx: string) => void): string | undefined {
  if (!name.startsWith('ssl_')) return find(values, typeOf(name, types, fail), fail)?.toString('latin1');
  const ssl = find(values, 0x20, fail);
  if (!ssl || ssl.length < sslHead) return undefined;
  const rest = name.slice(4);
  if (rest === 'verify') return String(ssl.readUInt32BE(1));
  return find(ssl.subarray(sslHead), typeOf(rest, sslTypes, fail), fail)?.toString('latin1');
}

function typeOf(name: string, known: Readonly<Record<string, number>>, fail: (nginx: string) => void): number | undefined {
  if (name.startsWith('0x')) {
    if (/^0x[0-9a-f]+$/i.test(name)) return Number.parseInt(name.slice(2), 16);
    fail(`invalid PROXY protocol TLV "${name}"`);
    return undefined;
  }
  if (!Object.hasOwn(known, name)) fail(`unknown PROXY protocol TLV "${name}"`);
  return Object.hasOwn(known, name) ? known[name] : undefined;
}

// ngx_proxy_protocol_lookup_tlv
function find(values: Buffer, type: number | undefined, fail: (nginx: string) => void): Buffer | undefined {
  if (type === undefined) return undefined;
  for (let at = 0; at < values.length; ) {
    const end = at + 3 > values.length ? values.length + 1 : at + 3 + values.readUInt16BE(at + 1);
    if (end > values.length) {
      fail('broken PROXY protocol TLV');
      return undefined;
    }
    if (values[at] === type) return values.subarray(at + 3, end);
    at = end;
  }
  return undefined;
}
