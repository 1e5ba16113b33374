import { parseNumber } from '../number.ts';

/** Where a URL-like argument points (nginx: ngx_url_t). */
export interface Url {
  /** What is wrong with it, in nginx's words. */
  readonly err?: string;
  readonly family: 'inet' | 'inet6' | 'unix';
  /** As written, IPv6 with its brackets; the path of a unix socket. */
  readonly host: string;
  readonly port: number;
  readonly portText: string;
  readonly noPort: boolean;
  readonly lastPort: number;
  readonly uri: string;
  readonly wildcard: boolean;
  /** `127.0.0.1:80` as nginx prints it, one for each port; undefined when only a resolver could tell. */
  readonly addresses?: readonly string[];
}

/** What a caller of `parseUrl` allows. */
export interface UrlOptions {
  readonly listen?: boolean;
  readonly uriPart?: boolean;
  readonly defaultPort?: number;
}

const blank = { family: 'inet', host: '', port: 0, portText: '', noPort: false, lastPort: 0, uri: '', wildcard: false } as const;

/** ngx_parse_url */
export function parseUrl(text: string, options: UrlOptions = {}): Url {
  if (/^unix:/i.test(text)) return unixUrl(text, options);
  return text.startsWith('[') ? inet6Url(text, options) : inetUrl(text, options);
}

/** ngx_parse_unix_domain_url */
function unixUrl(text: string, { uriPart }: UrlOptions): Url {
  const rest = text.slice(5);
  const colon = uriPart ? rest.indexOf(':') : -1;
  const host = colon < 0 ? rest : rest.slice(0, colon);
  const url: Url = { ...blank, family: 'unix', host, uri: colon < 0 ? '' : rest.slice(colon + 1) };
  if (host === '') return { ...url, err: 'no path in the unix domain socket' };
  if (host.length + 1 > 108) return { ...url, err: 'too long path in the unix domain socket' };
  return { ...url, addresses: [`unix:${host}`] };
}

interface Ports {
  readonly port: number;
  readonly lastPort: number;
  readonly err?: string;
}

/** `80`, and for `listen` `8080-8090`. */
function portsOf(text: string, listen: boolean): Ports {
  const dash = listen ? text.indexOf('-') : -1;
  const last = dash < 0 ? 0 : (parseNumber(text.slice(dash + 1)) ?? -1);
  if (dash >= 0 && (last < 1 || last > 65535)) return { port: 0, lastPort: 0, err: 'invalid port' };
  const port = parseNumber(dash < 0 ? text : text.slice(0, dash)) ?? -1;
  if (port < 1 || port > 65535) return { port: 0, lastPort: last, err: 'invalid port' };
  return last && port > last ? { port, lastPort: last, err: 'invalid port range' } : { port, lastPort: last };
}

/** ngx_parse_inet_url */
function inetUrl(text: string, { listen = false, uriPart = false, defaultPort = 0 }: UrlOptions): Url {
  const slash = text.search(/[/?]/);
  let colon = text.indexOf(':');
  let authority = text;
  const url: { -readonly [Key in keyof Url]: Url[Key] } = { ...blank };
  if (slash >= 0) {
    if (listen || !uriPart) return { ...url, err: 'invalid host' };
    url.uri = text.slice(slash);
    authority = text.slice(0, slash);
    if (slash < colon) colon = -1;
  }
  if (colon >= 0) {
    url.portText = authority.slice(colon + 1);
    const { port, lastPort, err } = portsOf(url.portText, listen);
    url.port = port;
    url.lastPort = lastPort;
    return err === undefined ? withHost(url, authority.slice(0, colon), listen) : { ...url, err };
  }
  if (slash < 0 && listen) {
    const bare = portAlone(text);
    if (bare)
      return 'err' in bare
        ? { ...url, ...bare }
        : { ...url, ...bare, portText: text, wildcard: true, addresses: listed('0.0.0.0', bare) };
  }
  url.noPort = true;
  url.port = defaultPort;
  return withHost(url, authority, listen);
}

/** The argument of `listen` as a port without host; undefined when it is a host. */
function portAlone(text: string): Ports | undefined {
  const dash = text.indexOf('-');
  let err: string | undefined;
  let lastPort = 0;
  if (dash >= 0) {
    const last = parseNumber(text.slice(dash + 1));
    if (last === undefined) return undefined;
    if (last < 1 || last > 65535) err = 'invalid port';
    else lastPort = last;
  }
  const port = parseNumber(dash < 0 ? text : text.slice(0, dash));
  if (port === undefined) return undefined;
  if (err === undefined && (port < 1 || port > 65535)) err = 'invalid port';
  if (err === undefined && lastPort && port > lastPort) err = 'invalid port range';
  return err === undefined ? { port, lastPort } : { port, lastPort, err };
}

function withHost(url: Url, host: string, listen: boolean): Url {
  if (host === '') return { ...url, err: 'no host' };
  if (listen && host === '*') return { ...url, host, wildcard: true, addresses: listed('0.0.0.0', url) };
  const ip = dotted(host) ?? ipv4(host) ?? (host.toLowerCase() === 'localhost' ? '127.0.0.1' : undefined);
  if (ip === undefined) return { ...url, host };
  return { ...url, host, wildcard: ip === '0.0.0.0', addresses: listed(ip, url) };
}

/** An address written as it is printed. */
const plainIpv4 = /^(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;

/** ngx_inet_addr takes a missing number for 0. */
function dotted(host: string): string | undefined {
  if (plainIpv4.test(host)) return host;
  if (!/^\d*(\.\d*){3}$/.test(host)) return undefined;
  const parts = host.split('.').map(Number);
  return parts.some((part) => part > 255) ? undefined : parts.join('.');
}

function listed(ip: string, { port, lastPort }: Ports): string[] {
  if (!lastPort) return [`${ip}:${port}`];
  return Array.from({ length: lastPort - port + 1 }, (_, index) => `${ip}:${port + index}`);
}

/** The IPv4 address that libc makes of digits and dots (`127.1` too), or undefined for a name. */
export function ipv4(host: string): string | undefined {
  if (!/^(0x[0-9a-f]+|\d+)(\.(0x[0-9a-f]+|\d+)){0,3}$/i.test(host)) return undefined;
  const parts = host
    .split('.')
    .map((part) => (/^0[0-7]+$/.test(part) && host.split('.').length < 4 ? Number.parseInt(part, 8) : Number(part)));
  const last = parts.pop() ?? 0;
  if (parts.some((part) => part > 255) || last >= 256 ** (4 - parts.length)) return undefined;
  let rest = last;
  const tail: number[] = [];
  for (let at = parts.length; at < 4; at++) {
    tail.unshift(rest % 256);
    rest = Math.floor(rest / 256);
  }
  return [...parts, ...tail].join('.');
}

/** ngx_parse_inet6_url */
function inet6Url(text: string, { listen = false, uriPart = false, defaultPort = 0 }: UrlOptions): Url {
  const url: Url = { ...blank, family: 'inet6' };
  const close = text.indexOf(']');
  if (close < 0) return { ...url, err: 'invalid host' };
  const slash = text.indexOf('/', close + 1);
  if (slash >= 0 && (listen || !uriPart)) return { ...url, err: 'invalid host' };
  const uri = slash < 0 ? '' : text.slice(slash);
  const portPart = text.slice(close + 1, slash < 0 ? undefined : slash);
  if (portPart !== '' && !portPart.startsWith(':')) return { ...url, err: 'invalid host' };
  const ports = portPart === '' ? { port: defaultPort, lastPort: 0 } : portsOf(portPart.slice(1), listen);
  const full: Url = {
    ...url,
    ...ports,
    uri,
    portText: portPart.slice(1),
    noPort: portPart === '',
    host: text.slice(0, close + 1),
  };
  if (full.err) return full;
  const inside = text.slice(1, close);
  if (inside === '') return { ...full, err: 'no host' };
  const groups = ipv6(inside);
  if (!groups) return { ...full, err: 'invalid IPv6 address' };
  const name = printedIpv6(groups);
  const addresses = listed(`[${name}]`, full);
  return { ...full, wildcard: groups.every((group) => group === 0), addresses };
}

/** The eight groups of an IPv6 address (ngx_inet6_addr), or undefined. */
export function ipv6(text: string): readonly number[] | undefined {
  const mapped = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (mapped) {
    const v4 = /^(\d{1,3}\.){3}\d{1,3}$/.test(mapped[2] ?? '') ? ipv4(mapped[2] ?? '') : undefined;
    if (v4 === undefined) return undefined;
    const [a = 0, b = 0, c = 0, d = 0] = v4.split('.').map(Number);
    return ipv6(`${mapped[1]}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`);
  }
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const read = (half: string): string[] => (half === '' ? [] : half.split(':'));
  const [head, tail] = [read(halves[0] ?? ''), read(halves[1] ?? '')];
  if (![...head, ...tail].every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  return [...head, ...Array<string>(halves.length === 1 ? 0 : missing).fill('0'), ...tail].map((group) =>
    Number.parseInt(group, 16),
  );
}

/** The shortest way to write eight groups; IPv4 addresses in them stay readable (ngx_inet6_ntop). */
export function printedIpv6(groups: readonly number[]): string {
  let [best, length] = [-1, 1];
  for (let at = 0; at < 8; at++) {
    let run = 0;
    while (at + run < 8 && groups[at + run] === 0) run++;
    if (run > length) [best, length] = [at, run];
    if (run > 0) at += run;
  }
  const hex = groups.map((group) => group.toString(16));
  if (best === 0 && (length === 6 || (length === 5 && groups[5] === 0xffff))) {
    const octets = groups.slice(6).flatMap((group) => [group >> 8, group & 0xff]);
    return `${length === 6 ? '::' : '::ffff:'}${octets.join('.')}`;
  }
  return best < 0 ? hex.join(':') : `${hex.slice(0, best).join(':')}::${hex.slice(best + length).join(':')}`;
}
