import { createHash } from 'node:crypto';
import { bcrypt } from './bcrypt.ts';
import { digits } from './crypt-digits.ts';
import { desCrypt } from './des-crypt.ts';
import { shaCrypt } from './sha-crypt.ts';

/**
 * Whether a password, up to a zero byte, is the one that was stored (ngx_crypt); undefined when it is stored in a way that
 * only the system's crypt() can compute.
 */
export function isPassword(given: string, stored: string): boolean | undefined {
  const [password = ''] = given.split('\0', 1);
  if (stored.startsWith('{PLAIN}')) return stored.slice(7) === password;
  if (stored.startsWith('{SHA}')) return stored.slice(5) === sha1(password).toString('base64');
  if (stored.startsWith('{SSHA}')) return isSalted(password, stored.slice(6));
  // What crypt() takes for no kind of salt matches nothing.
  if (!/^(?:[$_]|[./0-9A-Za-z]{2})/.test(stored)) return false;
  const [, magic, salt = ''] = /^(\$apr1\$|\$1\$)([^$]{0,8})/.exec(stored) ?? [];
  if (magic !== undefined) return stored === `${magic}${salt}$${md5Crypt(password, salt, magic)}`;
  return isComparable(stored) ? stored === systemCrypt(password, stored) : undefined;
}

/** Methods of libxcrypt that are not run: yescrypt, scrypt, SHA-1, SunMD5, NT hashes, broken bcrypt, BSDi's DES. */
const unknownMethods = /^(?:\$(?:y|gy|7|sha1|md5|3|2x)\b|_)/;

/** True when passwords can be compared with what was stored. */
export function isComparable(stored: string): boolean {
  return !unknownMethods.test(stored);
}

/** crypt(): a text that begins with the setting; null when the setting is none. */
function systemCrypt(key: string, setting: string): string | null {
  if (/^\$[56]\$/.test(setting)) return shaCrypt(key, setting);
  return setting.startsWith('$2') ? bcrypt(key, setting) : desCrypt(key, setting);
}

function sha1(...texts: readonly (string | Buffer)[]): Buffer {
  const hash = createHash('sha1');
  for (const text of texts) hash.update(bytes(text));
  return hash.digest();
}

/** Twenty bytes of SHA-1, then the salt (ngx_crypt_ssha). */
function isSalted(password: string, encoded: string): boolean {
  const salt = Buffer.from(encoded, 'base64').subarray(20);
  return encoded === Buffer.concat([sha1(password, salt), salt]).toString('base64');
}

function md5(...texts: readonly (string | Buffer)[]): Buffer {
  const hash = createHash('md5');
  for (const text of texts) hash.update(bytes(text));
  return hash.digest();
}

/** Poul-Henning Kamp's thousand rounds of MD5, and Apache's, which differ in their magic (ngx_crypt_apr1). */
function md5Crypt(password: string, salt: string, magic: string): string {
  const inner = md5(password, salt, password);
  const start: (string | Buffer)[] = [password, magic, salt];
  for (let left = password.length; left > 0; left -= 16) start.push(inner.subarray(0, Math.min(16, left)));
  for (let bits = password.length; bits > 0; bits >>= 1) start.push(bits & 1 ? '\0' : password.slice(0, 1));
  let digest = md5(...start);
  for (let round = 0; round < 1000; round++) {
    const parts: (string | Buffer)[] = [round & 1 ? password : digest];
    if (round % 3) parts.push(salt);
    if (round % 7) parts.push(password);
    parts.push(round & 1 ? digest : password);
    digest = md5(...parts);
  }
  const at = (index: number) => digest[index] as number;
  const groups = [
    [0, 6, 12],
    [1, 7, 13],
    [2, 8, 14],
    [3, 9, 15],
    [4, 10, 5],
  ] as const;
  const text = groups.map(([a, b, c]) => digits((at(a) << 16) | (at(b) << 8) | at(c), 4)).join('');
  return text + digits(at(11), 2);
}

function bytes(text: string | Buffer): Buffer {
  return typeof text === 'string' ? Buffer.from(text, 'latin1') : text;
}
