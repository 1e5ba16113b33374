import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../../host/host.ts';
import type { Scope } from '../../../model/scope.ts';
import { handle, type Script } from '../../../runtime/hooks.ts';
import type { Request } from '../../../runtime/http/request.ts';
import type { LocationPlan } from '../../../runtime/plan/plans.ts';
import { parseNumber } from '../../../schema/values/number.ts';
import { httpSecureLink } from './directives.ts';

/** What one block compares. */
type Check =
  | { readonly secret: string }
  | { readonly secret?: undefined; readonly link: Script; readonly md5: Script; readonly clock: Clock };

const planned = new WeakMap<LocationPlan, Check>();

/** `secure_link`: `$secure_link` tells whether a link was made by who knows the secret, and is still good. */
export const secureLinkHandler = handle(httpSecureLink, {
  rewrite({ link, md5, secret }, at) {
    if (secret !== undefined && isNearest('secure_link_secret', at.scope)) planned.set(at.location, { secret });
    else if (link !== undefined && md5 !== undefined)
      planned.set(at.location, { link: at.script(link), md5: at.script(md5), clock: at.host.clock });
    return undefined;
  },
  variables: {
    secure_link: (r) => {
      const check = planned.get(r.location);
      if (!check) return undefined;
      return check.secret === undefined ? checkLink(r, check) : checkPath(r.unparsedUri, check.secret);
    },
    secure_link_expires: (r) => r.moduleData.get(httpSecureLink) as string | undefined,
  },
});

/** The block that has either way to check keeps it from inheriting the other (ngx_http_secure_link_merge_conf). */
function isNearest(wanted: string, from: Scope): boolean {
  for (let scope: Scope | null = from; scope; scope = scope.parent) {
    const names = scope.uses.map(({ directive: { name } }) => name).filter((name) => name.startsWith('secure_link'));
    if (names.length > 0) return names.includes(wanted);
  }
  return false;
}

// ngx_http_secure_link_variable
function checkLink(r: Request, { link, md5, clock }: Extract<Check, { link: Script }>): string | undefined {
  const text = link(r);
  const comma = text.indexOf(',');
  const hash = comma < 0 ? text : text.slice(0, comma);
  let expires = 0;
  if (comma >= 0) {
    const written = text.slice(comma + 1);
    expires = parseNumber(written) ?? 0;
    if (expires === 0) return undefined;
    r.moduleData.set(httpSecureLink, written);
  }
  // Before a padding, base64url in 22 characters makes 16 bytes.
  if (hash.length > 24 || !/^[\w-]+={0,2}$/.test(hash)) return undefined;
  const given = Buffer.from(hash, 'base64url');
  if (given.length !== 16 || !isDigest(given, md5(r))) return undefined;
  return expires > 0 && expires < Math.floor(clock.now() / 1000) ? '0' : '1';
}

// ngx_http_secure_link_old_variable
function checkPath(uri: string, secret: string): string | undefined {
  const [, digits = '', link = ''] = /^.[^/]*\/([0-9a-f]{32})\/(.+)$/is.exec(uri) ?? [];
  return link !== '' && isDigest(Buffer.from(digits, 'hex'), link + secret) ? link : undefined;
}

function isDigest(given: Buffer, text: string): boolean {
  return timingSafeEqual(given, createHash('md5').update(text, 'latin1').digest());
}
