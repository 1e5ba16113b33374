/** Cookies that name a session, by the servers and frameworks that set them. */
const known: ReadonlySet<string> = new Set([
  'PHPSESSID',
  'phpMyAdmin',
  'phpMyAdmin_https',
  'JSESSIONID',
  'JSESSIONIDSSO',
  'ASP.NET_SessionId',
  '.AspNetCore.Session',
  'CFID',
  'connect.sid',
  'koa.sess',
  'laravel_session',
  'ci_session',
  'symfony',
  'CAKEPHP',
  'sessionid',
  'rack.session',
  'session_id',
  'sid',
]);

/** Rails' `_shop_session`, classic ASP's `ASPSESSIONIDQQABCDEF`. */
const patterns = [/^_\w+_session$/, /^ASPSESSIONID[A-Z]{8}$/];

/** Set anew with each answer, because the value is encrypted: another value says nothing. */
const rolling: ReadonlySet<string> = new Set(['laravel_session', 'koa.sess']);

/** True for the name of a cookie that keeps a session together; browsers' prefixes `__Host-` and `__Secure-` do not count. */
export function isSessionCookie(name: string): boolean {
  const bare = bareName(name);
  return known.has(bare) || patterns.some((pattern) => pattern.test(bare));
}

/** True when an application changes the cookie's value with every answer. */
export function isRolling(name: string): boolean {
  const bare = bareName(name);
  return rolling.has(bare) || /^_\w+_session$/.test(bare);
}

function bareName(name: string): string {
  return name.replace(/^__(?:Host|Secure)-/, '');
}

/** Name and value of each pair of a Cookie field. */
export function cookiesSent(field: string): (readonly [name: string, value: string])[] {
  return field
    .split(';')
    .map((text) => pairOf(text.trim()))
    .filter(([name]) => name !== '');
}

/** A Set-Cookie field: name, value, and whether it takes the cookie away (RFC 6265, 5.2). */
export function cookieSet(field: string): { readonly name: string; readonly value: string; readonly removes: boolean } {
  const [pair = '', ...attributes] = field.split(';').map((text) => text.trim());
  const [name, value] = pairOf(pair);
  const removes = attributes.some((text) => /^max-age=(?:0|-\d+)$/i.test(text) || /^expires=.*\b19[67]\d\b/i.test(text));
  return { name, value, removes: removes || value === '' || value === 'deleted' };
}

function pairOf(text: string): readonly [name: string, value: string] {
  const at = text.indexOf('=');
  return at < 0 ? ['', ''] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}
