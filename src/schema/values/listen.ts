import type { Reading } from '../directive.ts';

/** One `listen` line. */
export interface Listen {
  /** As written, for messages. */
  readonly text: string;
  /** An IP literal without brackets; `0.0.0.0` and `::` are wildcards; '' for a unix socket. */
  readonly host: string;
  readonly port: number;
  /** Path of a unix socket, or ''. */
  readonly path: string;
  readonly defaultServer: boolean;
  /** Every other parameter, as written. */
  readonly parameters: readonly string[];
}

const parameters =
  /^(?:bind|ssl|http2|spdy|quic|proxy_protocol|deferred|reuseport|multipath|(?:setfib|fastopen|backlog|rcvbuf|sndbuf|accept_filter|ipv6only|so_keepalive)=.*)$/;

/** Parameters that say what is spoken at the address; what one line says holds for all of them. */
const protocols = new Set(['ssl', 'http2', 'spdy', 'quic', 'proxy_protocol']);

/** True for a parameter that is about the bytes, not about the socket. */
export function isProtocol(word: string): boolean {
  return protocols.has(word);
}

/** Reads `listen` of an http server; a range of ports gives several (ngx_http_core_listen). */
export function readListen([text = '', ...rest]: readonly string[], at: Reading): readonly Listen[] | undefined {
  const address = addressIn(text);
  if (typeof address === 'string') return at.fail(`${address} in "${text}" of the "listen" directive`, 0);
  const isDefault = (word: string) => word === 'default_server' || word === 'default';
  const wrong = rest.findIndex((word) => !isDefault(word) && !parameters.test(word));
  if (wrong >= 0) return at.fail(`invalid parameter "${rest[wrong]}"`, wrong + 1);
  const { host, path, from, to } = address;
  const flags = { text, host, path, defaultServer: rest.some(isDefault), parameters: rest.filter((word) => !isDefault(word)) };
  return Array.from({ length: to - from + 1 }, (_, index) => ({ ...flags, port: from + index }));
}

interface Range {
  readonly host: string;
  readonly path: string;
  readonly from: number;
  readonly to: number;
}

/** The address, or what nginx says is wrong with it (ngx_parse_url with listen). */
function addressIn(text: string): Range | string {
  if (/^unix:/i.test(text)) {
    const path = text.slice(5);
    return path === '' ? 'no path in the unix domain socket' : { host: '', path, from: 0, to: 0 };
  }
  const [, literal, name = '', portText] = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/s.exec(text) ?? [];
  if (literal === undefined && name === '' && portText === undefined) return 'no host';
  if (portText === undefined && literal === undefined && /^[0-9]+(-[0-9]+)?$/.test(name)) return ports('0.0.0.0', name);
  const host = literal === undefined ? hostOf(name) : literal.includes(':') ? literal.toLowerCase() : undefined;
  if (host === undefined) return literal === undefined ? 'host not found' : 'invalid IPv6 address';
  return ports(host, portText ?? '80');
}

function hostOf(name: string): string | undefined {
  if (name === '*' || name === '') return '0.0.0.0';
  if (name.toLowerCase() === 'localhost') return '127.0.0.1';
  const octets = name.split('.');
  const isIp = octets.length === 4 && octets.every((octet) => /^[0-9]{1,3}$/.test(octet) && Number(octet) < 256);
  return isIp ? name : undefined;
}

function ports(host: string, text: string): Range | string {
  const [, first = '', last = first] = /^([0-9]+)(?:-([0-9]+))?$/.exec(text) ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (first === '' || from < 1 || from > 65_535 || to > 65_535 || to < from) return 'invalid port';
  return { host, path: '', from, to };
}
