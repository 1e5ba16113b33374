import { digitOf, digitValue } from './crypt-digits.ts';

/*
 * The traditional crypt(): zeros through DES twenty-five times, with the password as the key and a salt that swaps bits
 * of the expansion (FIPS 46-3 for DES; crypt(3) of Version 7 for the salt). Tables count bits from 1, as the standard does.
 */

const permutation = [
  16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10, 2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22, 11, 4, 25,
];
const keyChoice1 = [
  57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60, 52, 44, 36, 63, 55, 47, 39, 31,
  23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37, 29, 21, 13, 5, 28, 20, 12, 4,
];
const keyChoice2 = [
  14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2, 41, 52, 31, 37, 47, 55, 30, 40, 51, 45,
  33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32,
];
/** Where the columns of the final permutation begin, from 0; each row goes down by one. */
const finalColumns = [39, 7, 47, 15, 55, 23, 63, 31];
const shifts = [1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1];
/** S1 … S8: four rows of sixteen values each, in hexadecimal. */
const boxes = [
  'e4d12fb83a6c5907 0f74e2d1a6cb9538 41e8d62bfc973a50 fc8249175b3ea06d',
  'f18e6b34972dc05a 3d47f28ec01a69b5 0e7ba4d158c6932f d8a13f42b67c05e9',
  'a09e63f51dc7b428 d709346a285ecbf1 d6498f30b12c5ae7 1ad069874fe3b52c',
  '7de3069a1285bc4f d8b56f03472c1ae9 a690cb7df13e5284 3f06a1d8945bc72e',
  '2c417ab6853fd0e9 eb2c47d150fa3986 421bad78f9c5630e b8c71e2d6f09a453',
  'c1af92680d34e75b af427c9561de0b38 9ef528c3704a1db6 432c95fabe17608d',
  '4b2ef08d3c975a61 d0b7491ae35c2f86 14bdc37eaf680592 6bd814a7950fe23c',
  'd2846fb1a93e50c7 1fd8a374c56b0e92 7b419ce206adf358 21e74a8dfc90356b',
].map((rows) => rows.split(' ').map((row) => [...row].map((digit) => Number.parseInt(digit, 16))));

/** What crypt() makes of a password for a setting that begins with two signs of salt; null when it does not. */
export function desCrypt(password: string, setting: string): string | null {
  const [low, high] = [digitValue(setting.charAt(0)), digitValue(setting.charAt(1))];
  if (low < 0 || high < 0) return null;
  const keys = schedule(password);
  const expansion = saltedExpansion(low | (high << 6));
  let left = new Uint8Array(32);
  let right = new Uint8Array(32);
  for (let pass = 0; pass < 25; pass++) {
    for (const key of keys) [left, right] = [right, mix(left, right, key, expansion)];
    [left, right] = [right, left];
  }
  return setting.slice(0, 2) + write([...left, ...right]);
}

/** Sixteen keys of 48 bits from the low seven bits of eight signs. */
function schedule(password: string): readonly Uint8Array[] {
  const bits = Array.from({ length: 64 }, (_, at) => ((password.charCodeAt(at >> 3) || 0) >> (6 - (at & 7))) & 1);
  const chosen = keyChoice1.map((bit) => bits[bit - 1] as number);
  let [c, d] = [chosen.slice(0, 28), chosen.slice(28)];
  return shifts.map((shift) => {
    [c, d] = [c, d].map((half) => [...half.slice(shift), ...half.slice(0, shift)]) as [number[], number[]];
    const both = [...c, ...d];
    return Uint8Array.from(keyChoice2, (bit) => both[bit - 1] as number);
  });
}

/** Which bits of a half become 48; each bit of the salt swaps two of them. */
function saltedExpansion(salt: number): Uint8Array {
  const expansion = Uint8Array.from({ length: 48 }, (_, at) => (Math.floor(at / 6) * 4 + (at % 6) + 31) % 32);
  for (let bit = 0; bit < 12; bit++) {
    if (!((salt >> bit) & 1)) continue;
    const kept = expansion[bit] as number;
    expansion[bit] = expansion[bit + 24] as number;
    expansion[bit + 24] = kept;
  }
  return expansion;
}

/** One round: the left half, changed by what the boxes make of the right one. */
function mix(left: Uint8Array, right: Uint8Array, key: Uint8Array, expansion: Uint8Array): Uint8Array<ArrayBuffer> {
  const found = new Uint8Array(32);
  for (const [index, box] of boxes.entries()) {
    const bit = (at: number) => (right[expansion[index * 6 + at] as number] as number) ^ (key[index * 6 + at] as number);
    const row = box[(bit(0) << 1) | bit(5)] as number[];
    const value = row[(bit(1) << 3) | (bit(2) << 2) | (bit(3) << 1) | bit(4)] as number;
    for (let at = 0; at < 4; at++) found[index * 4 + at] = (value >> (3 - at)) & 1;
  }
  return Uint8Array.from(permutation, (bit, at) => (found[bit - 1] as number) ^ (left[at] as number));
}

/** The final permutation, then eleven signs of six bits, the highest first. */
function write(block: readonly number[]): string {
  const bits = Array.from({ length: 66 }, (_, at) =>
    at < 64 ? (block[(finalColumns[at % 8] as number) - (at >> 3)] as number) : 0,
  );
  let text = '';
  for (let at = 0; at < 66; at += 6) text += digitOf(bits.slice(at, at + 6).reduce((value, bit) => value * 2 + bit, 0));
  return text;
}
