import type { Reading } from '../../../schema/directive.ts';
import { partsOf } from '../../../schema/values/script.ts';

/** `from` and `to` of `proxy_redirect`, `proxy_cookie_domain`, `proxy_cookie_path`. */
export type Rewriting = 'off' | 'default' | { readonly from: string; readonly to: string };

/** What `proxy_cookie_flags` says of one cookie. */
export type CookieFlags = 'off' | { readonly cookie: string; readonly flags: readonly string[] };

/** One `proxy_set_header`. */
export interface HeaderToSet {
  readonly name: string;
  readonly value: string;
}

/** `proxy_redirect` (ngx_http_proxy_redirect). */
export function readRedirect([from = '', to]: readonly string[], at: Reading): Rewriting | undefined {
  if (to !== undefined) return { from, to };
  return from === 'off' || from === 'default' ? from : at.fail(`invalid parameter "${from}"`, 0);
}

/** `proxy_cookie_domain`, `proxy_cookie_path`. */
export function readCookieRewriting([from = '', to]: readonly string[], at: Reading): Rewriting | undefined {
  if (to !== undefined) return { from, to };
  return from === 'off' ? from : at.fail(`invalid parameter "${from}"`, 0);
}

/** `proxy_cookie_flags` (ngx_http_proxy_cookie_flags). */
export function readCookieFlags([cookie = '', ...flags]: readonly string[], at: Reading): CookieFlags | undefined {
  if (flags.length > 0) return { cookie, flags };
  return cookie === 'off' ? 'off' : at.fail(`invalid parameter "${cookie}"`, 0);
}

/** `proxy_set_header`. */
export function readHeaderToSet([name = '', value = '']: readonly string[], at: Reading): HeaderToSet | undefined {
  const parts = partsOf(value);
  return typeof parts === 'string' ? at.fail(parts, 1) : { name, value };
}

/** A value with variables that is kept as a text. */
export function readScript([text = '']: readonly string[], at: Reading): string | undefined {
  const parts = partsOf(text);
  return typeof parts === 'string' ? at.fail(parts, 0) : text;
}
