import type { Request } from './request.ts';

/** Who a client says it is. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** Reads `Authorization: Basic …`; undefined when it is something else, or names nobody (ngx_http_auth_basic_user). */
export function basicCredentials(r: Request): Credentials | undefined {
  // What follows the first "=" is not looked at (ngx_decode_base64).
  const [, encoded = ''] = /^basic +([A-Za-z0-9+/]+)(?:=|$)/is.exec(r.headersIn.get('authorization') ?? '') ?? [];
  if (encoded.length % 4 === 1) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('latin1');
  const colon = text.indexOf(':');
  return colon > 0 ? { user: text.slice(0, colon), password: text.slice(colon + 1) } : undefined;
}
