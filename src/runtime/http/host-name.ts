import { isAtLeast } from '../../schema/version.ts';

/** Checks a host and makes it comparable: lower case, no port, no last dot; undefined when nginx refuses it. */
export type HostCheck = (host: string) => string | undefined;

/** The check of one release: since 1.29.4 host and port follow RFC 3986 (ngx_http_validate_host). */
export function hostCheck(version: string): HostCheck {
  const check = isAtLeast(version, '1.29.4') ? strictHost : laxHost;
  const known = new Map<string, string>();
  return (host) => {
    const found = known.get(host);
    if (found !== undefined) return found;
    const checked = check(host);
    if (checked !== undefined && known.size < 1000) known.set(host, checked);
    return checked;
  };
}

function strictHost(host: string): string | undefined {
  const match = /^(\[[0-9A-Za-z:.~_!$&'()*+,;=-]*\]|[0-9A-Za-z.~_!$&'()*+,;=%-]*)(?::([0-9]*))?$/.exec(host);
  if (!match || Number(match[2] ?? 0) > 65_535) return undefined;
  return comparable(match[1] ?? '');
}

function laxHost(host: string): string | undefined {
  if (/[\x00-\x20\x7f/]/.test(host) || host.includes('..')) return undefined;
  const literal = host.startsWith('[') ? host.indexOf(']') + 1 : 0;
  const end = literal > 0 ? literal : host.startsWith('[') ? host.length : host.indexOf(':');
  return comparable(end < 0 ? host : host.slice(0, end));
}

function comparable(host: string): string | undefined {
  if (host.includes('..')) return undefined;
  const name = host.endsWith('.') ? host.slice(0, -1) : host;
  return name === '' ? undefined : name.toLowerCase();
}
