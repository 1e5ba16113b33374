import { createHash } from 'node:crypto';
import { digits } from './crypt-digits.ts';

/*
 * SHA-crypt: "Unix crypt using SHA-256 and SHA-512" by Ulrich Drepper, as libxcrypt runs it.
 */

const usualRounds = 5000;

/** What crypt() makes of a password for a setting `$5$…` or `$6$…`; null when the setting is none of its own. */
export function shaCrypt(password: string, setting: string): string | null {
  const [whole, magic = '', count, salt = ''] = /^(\$[56]\$)(?:rounds=([1-9]\d{3,8})\$)?([^$]{0,16})/.exec(setting) ?? [];
  if (whole === undefined || (count === undefined && /^\$[56]\$rounds=/.test(setting))) return null;
  const hash = magic === '$5$' ? 'sha256' : 'sha512';
  const rounds = count === undefined ? usualRounds : Number(count);
  const key = Buffer.from(password, 'latin1');
  const salted = Buffer.from(salt, 'latin1');
  const digest = stretch(hash, key, salted, rounds);
  const shown = count === undefined ? '' : `rounds=${rounds}$`;
  return `${magic}${shown}${salt}$${hash === 'sha256' ? write256(digest) : write512(digest)}`;
}

function digestOf(hash: string, parts: readonly Buffer[]): Buffer {
  const state = createHash(hash);
  for (const part of parts) state.update(part);
  return state.digest();
}

function stretch(hash: string, key: Buffer, salt: Buffer, rounds: number): Buffer {
  const other = digestOf(hash, [key, salt, key]);
  const start = [key, salt, ...fill(other, key.length)];
  for (let bits = key.length; bits > 0; bits >>= 1) start.push(bits & 1 ? other : key);
  let digest = digestOf(hash, start);
  const p = Buffer.concat(fill(digestOf(hash, Array<Buffer>(key.length).fill(key)), key.length));
  const s = Buffer.concat(fill(digestOf(hash, Array<Buffer>(16 + (digest[0] as number)).fill(salt)), salt.length));
  for (let round = 0; round < rounds; round++) {
    const parts = [round & 1 ? p : digest];
    if (round % 3) parts.push(s);
    if (round % 7) parts.push(p);
    parts.push(round & 1 ? digest : p);
    digest = digestOf(hash, parts);
  }
  return digest;
}

/** A digest, repeated and cut to a length. */
function fill(digest: Buffer, length: number): Buffer[] {
  const parts: Buffer[] = [];
  for (let left = length; left > 0; left -= digest.length) parts.push(digest.subarray(0, Math.min(left, digest.length)));
  return parts;
}

function write256(digest: Buffer): string {
  let text = '';
  for (let i = 0, [a, b, c] = [0, 10, 20] as [number, number, number]; i < 10; i++, [a, b, c] = [c + 1, a + 1, b + 1])
    text += three(digest, a, b, c);
  return text + digits(((digest[31] as number) << 8) | (digest[30] as number), 3);
}

function write512(digest: Buffer): string {
  let text = '';
  for (let i = 0, [a, b, c] = [0, 21, 42] as [number, number, number]; i < 21; i++, [a, b, c] = [b + 1, c + 1, a + 1])
    text += three(digest, a, b, c);
  return text + digits(digest[63] as number, 2);
}

function three(digest: Buffer, a: number, b: number, c: number): string {
  return digits(((digest[a] as number) << 16) | ((digest[b] as number) << 8) | (digest[c] as number), 4);
}
