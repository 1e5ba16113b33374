/** The parts of `host:port/uri`, as ngx_parse_url finds them. */
export interface Url {
  /** Host name or IP literal, without brackets; for a unix socket its path. */
  readonly host: string;
  /** As written: an IPv6 literal keeps its brackets. */
  readonly hostText: string;
  readonly port: number;
  /** The port as written; '' when none is. */
  readonly portText: string;
  /** From the first `/` or `?` on; '' when there is none. */
  readonly uri: string;
  readonly unix: boolean;
}

/** Reads `host:port`, `[::1]:80`, `unix:/path`, each followed by a URI; in nginx's words what is wrong. */
export function parseUrl(text: string, defaultPort: number, uriPart = true): Url | string {
  if (/^unix:/i.test(text)) return parseUnix(text.slice(5), uriPart);
  const [, authority = '', uri = ''] = /^(\[[^\]]*\][^/?]*|[^/?]*)(.*)$/s.exec(text) ?? [];
  if (uri !== '' && !uriPart) return 'invalid host';
  const bracketed = /^(\[([^\]]*)\])(?::(.*))?$/s.exec(authority);
  const plain = /^([^:]*)(?::(.*))?$/s.exec(authority);
  if (authority.startsWith('[') ? !bracketed : !plain) return 'invalid host';
  const hostText = (bracketed ? bracketed[1] : plain?.[1]) ?? '';
  const portText = bracketed ? bracketed[3] : plain?.[2];
  if (hostText === '') return 'no host';
  if (bracketed && !/^[0-9a-f:.]+$/i.test(bracketed[2] ?? '')) return 'invalid IPv6 address';
  const port = portText === undefined ? defaultPort : /^\d{1,5}$/.test(portText) ? Number(portText) : 0;
  if (port < 1 && portText !== undefined) return 'invalid port';
  if (port > 65535) return 'invalid port';
  return { host: bracketed?.[2] ?? hostText, hostText, port, portText: portText ?? '', uri, unix: false };
}

function parseUnix(rest: string, uriPart: boolean): Url | string {
  const colon = uriPart ? rest.indexOf(':') : -1;
  const path = colon < 0 ? rest : rest.slice(0, colon);
  if (path === '') return 'no path in the unix domain socket';
  return { host: path, hostText: `unix:${path}`, port: 0, portText: '', uri: colon < 0 ? '' : rest.slice(colon + 1), unix: true };
}

/** True for an IPv4 or IPv6 literal. */
export function isIpLiteral(host: string): boolean {
  return host.includes(':') || /^\d{1,3}(\.\d{1,3}){3}$/.test(host);
}

/** An address as `$upstream_addr` has it: `127.0.0.1:80`, `[::1]:80`. */
export function printPeer(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
