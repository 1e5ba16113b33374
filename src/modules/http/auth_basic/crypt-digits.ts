const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A number as crypt() writes it: six bits for each sign, the lowest first. */
export function digits(number: number, count: number): string {
  let text = '';
  for (let at = 0; at < count; at++) text += alphabet[(number >> (6 * at)) & 63];
  return text;
}

/** The sign of six bits. */
export function digitOf(value: number): string {
  return alphabet.charAt(value);
}

/** The value of a sign of crypt()'s alphabet; -1 when it is none. */
export function digitValue(sign: string): number {
  return sign.length === 1 ? alphabet.indexOf(sign) : -1;
}
