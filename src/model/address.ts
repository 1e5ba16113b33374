/** Where a request or a connection is passed to, as written. */
export interface Address {
  /** Lower-case scheme, or '' where the directive takes none. */
  readonly scheme: string;
  /** Host name, IP address or `unix:…`, without brackets; lower case but for paths. */
  readonly host: string;
  /** Port as written; '' when there is none. */
  readonly port: string;
}

/** Reads `http://host:port/uri`, `host:port`, `[::1]:80`, `unix:/path`. */
export function addressOf(text: string): Address {
  const [, scheme = '', rest = ''] = /^(?:([a-z]+):\/\/)?(.*)$/is.exec(text) ?? [];
  const [socket] = /^unix:[^:]*/i.exec(rest) ?? [];
  if (socket !== undefined) return { scheme: inLowerCase(scheme), host: socket, port: '' };
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? '';
  const [, host = authority, port = ''] = /^(.*?)(?::([^:\]]*))?$/s.exec(bracketless(authority)) ?? [];
  return { scheme: inLowerCase(scheme), host: inLowerCase(host.replace(/[[\]]/g, '')), port };
}

/** Letters of ASCII in lower case, all else as it is: how nginx compares names. */
export function inLowerCase(text: string): string {
  if (!/[A-Z]/.test(text)) return text;
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** True for IPv4 and IPv6 literals. */
export function isIp(host: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(host) || (host.includes(':') && !isUnix(host));
}

/** True for a socket's path. */
export function isUnix(host: string): boolean {
  return /^unix:/i.test(host);
}

/** True for a name without dots: an upstream, or a host of the local network. */
export function isSingleLabel(host: string): boolean {
  return host !== '' && !/[.:$]/.test(host);
}

/** An IPv6 literal without brackets and port keeps its last group: only `[…]` may carry a port. */
function bracketless(authority: string): string {
  const colons = authority.split(':').length - 1;
  return colons > 1 && !authority.startsWith('[') ? `[${authority}]` : authority;
}
