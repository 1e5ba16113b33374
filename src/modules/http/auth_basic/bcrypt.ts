/*
 * bcrypt: "A Future-Adaptable Password Scheme" by Niels Provos and David Mazières; Blowfish after Bruce Schneier's paper,
 * whose tables are the digits of pi.
 */

const alphabet = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const text = 'OrpheanBeholderScryDoubt';
/** Words of the subkeys, then those of the four boxes. */
const subkeys = 18;
const words = subkeys + 4 * 256;

/** What crypt() makes of a password for a setting `$2b$10$…` (`$2a$`, `$2y$`); null when the setting is none of its own. */
export function bcrypt(password: string, setting: string): string | null {
  const [, kind, cost = '', salt = ''] = /^\$2([aby])\$(0[4-9]|[12]\d|3[01])\$([./A-Za-z0-9]{22})/.exec(setting) ?? [];
  if (kind === undefined) return null;
  const salted = decode(salt);
  const state = expensiveSetup(Number(cost), salted, Buffer.from(`${password}\0`, 'latin1').subarray(0, 72));
  const block = Int32Array.from({ length: 6 }, (_, at) => Buffer.from(text, 'latin1').readInt32BE(at * 4));
  for (let at = 0; at < 6; at += 2) for (let pass = 0; pass < 64; pass++) encipher(state, block, at);
  const hash = Buffer.alloc(24);
  for (const [at, word] of block.entries()) hash.writeInt32BE(word, at * 4);
  return `$2${kind}$${cost}$${encode(salted)}${encode(hash.subarray(0, 23))}`;
}

/** Blowfish's subkeys and boxes, worked over as often as the cost says. */
function expensiveSetup(cost: number, salt: Buffer, key: Buffer): Int32Array {
  const state = Int32Array.from(digitsOfPi());
  const keyWords = cycled(key);
  const saltWords = cycled(salt);
  expand(state, keyWords, saltWords);
  for (let round = 2 ** cost; round > 0; round--) {
    expand(state, keyWords, null);
    expand(state, saltWords, null);
  }
  return state;
}

/** A text as subkeys' worth of words, over and over. */
function cycled(bytes: Buffer): Int32Array {
  const byte = (at: number) => bytes[at % bytes.length] as number;
  return Int32Array.from(
    { length: subkeys },
    (_, at) => (byte(at * 4) << 24) | (byte(at * 4 + 1) << 16) | (byte(at * 4 + 2) << 8) | byte(at * 4 + 3),
  );
}

/** Mixes a key into the subkeys and lets the cipher write the state anew, with a salt of four words between. */
function expand(state: Int32Array, key: Int32Array, salt: Int32Array | null): void {
  for (let at = 0; at < subkeys; at++) state[at] = (state[at] as number) ^ (key[at] as number);
  const block = new Int32Array(2);
  for (let at = 0; at < words; at += 2) {
    if (salt) {
      block[0] = (block[0] as number) ^ (salt[at & 2] as number);
      block[1] = (block[1] as number) ^ (salt[(at & 2) + 1] as number);
    }
    encipher(state, block, 0);
    state[at] = block[0] as number;
    state[at + 1] = block[1] as number;
  }
}

/** Sixteen rounds over two words of a block. */
function encipher(state: Int32Array, block: Int32Array, at: number): void {
  let left = (block[at] as number) ^ (state[0] as number);
  let right = block[at + 1] as number;
  for (let round = 1; round < 17; round += 2) {
    right ^= scramble(state, left) ^ (state[round] as number);
    left ^= scramble(state, right) ^ (state[round + 1] as number);
  }
  block[at] = right ^ (state[17] as number);
  block[at + 1] = left;
}

function scramble(state: Int32Array, word: number): number {
  const first = ((state[subkeys + (word >>> 24)] as number) + (state[subkeys + 256 + ((word >>> 16) & 255)] as number)) | 0;
  return (
    ((first ^ (state[subkeys + 512 + ((word >>> 8) & 255)] as number)) + (state[subkeys + 768 + (word & 255)] as number)) | 0
  );
}

let pi: Int32Array | null = null;

/** The first words of pi behind its point, computed once (Machin: 16 arctan 1/5 - 4 arctan 1/239). */
function digitsOfPi(): Int32Array {
  if (pi) return pi;
  const spare = 64n;
  const one = 1n << (BigInt(words * 32) + spare);
  const fraction = (4n * (4n * arctan(5n, one) - arctan(239n, one)) - 3n * one) >> spare;
  const hex = fraction.toString(16).padStart(words * 8, '0');
  pi = Int32Array.from({ length: words }, (_, at) => Number.parseInt(hex.slice(at * 8, at * 8 + 8), 16) | 0);
  return pi;
}

/** arctan 1/x, times `one`. */
function arctan(x: bigint, one: bigint): bigint {
  let sum = 0n;
  let power = one / x;
  for (let n = 1n, sign = 1n; power > 0n; n += 2n, sign = -sign, power /= x * x) sum += (sign * power) / n;
  return sum;
}

/** Six bits a sign, the highest first. */
function encode(bytes: Buffer): string {
  let out = '';
  for (let bit = 0; bit < bytes.length * 8; bit += 6) {
    const pair = ((bytes[bit >> 3] as number) << 8) | (bytes[(bit >> 3) + 1] ?? 0);
    out += alphabet[(pair >> (10 - (bit & 7))) & 63];
  }
  return out;
}

/** The sixteen bytes of 22 signs; what is left of the last one counts for nothing. */
function decode(salt: string): Buffer {
  const bytes = Buffer.alloc(16);
  for (let at = 0; at < 16; at++) {
    const first = Math.floor((at * 8) / 6);
    const pair = (alphabet.indexOf(salt.charAt(first)) << 6) | alphabet.indexOf(salt.charAt(first + 1));
    bytes[at] = (pair >> (4 - ((at * 8) % 6))) & 255;
  }
  return bytes;
}
