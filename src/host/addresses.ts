import type { Address } from './host.ts';

/** Reads `127.0.0.1:80`, `[::1]:80`, `unix:/run/x.sock`, `name:80` and, with a default port, `name`; null when it is none of them. */
export function readAddress(text: string, defaultPort?: number): Address | null {
  if (text.startsWith('unix:')) return text.length > 5 ? { kind: 'unix', path: text.slice(5) } : null;
  const parts = /^(?:\[([\da-fA-F:.]+)\]|([^:[\]/\s]+))(?::(\d{1,5}))?$/.exec(text);
  const port = parts?.[3] === undefined ? defaultPort : Number(parts[3]);
  if (!parts || port === undefined || port > 65_535) return null;
  return { kind: 'ip', host: parts[1] ?? parts[2] ?? '', port };
}

/** True for what never leaves this machine: 127.0.0.0/8, ::1, unix sockets. */
export function isLoopback(address: Address): boolean {
  return address.kind === 'unix' || isLoopbackHost(address.host);
}

/** True for an IP literal of the loopback network. */
export function isLoopbackHost(host: string): boolean {
  return /^(?:127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3})$/.test(host);
}

/** True for `0.0.0.0` and `::`, which stand for every address of the machine. */
export function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

/** An address to connect to, for one to listen on: loopback instead of a wildcard. */
export function callable(address: Address): Address {
  if (address.kind === 'unix' || !isWildcard(address.host)) return address;
  return { ...address, host: address.host === '::' ? '::1' : '127.0.0.1' };
}

/** True for an IPv4 or IPv6 literal (not: a name). */
export function isLiteral(host: string): boolean {
  return host.includes(':') || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host);
}

/** The address that a user means by `127.0.0.1:3001`, `localhost:3001`, `:3001` or `3001`. */
export function placeOf(text: string): Address {
  const address = readAddress(text.replace(/^:?(?=\d{1,5}$)/, '127.0.0.1:').replace(/^localhost(?=:|$)/i, '127.0.0.1'), 80);
  if (!address) throw new Error(`"${text}" is no address: it looks like 127.0.0.1:3001, :3001, [::1]:80 or unix:/path`);
  return address;
}
