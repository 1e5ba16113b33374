import type { Reading } from '../directive.ts';

const largest = 2 ** 63 - 1;

/** A non-negative decimal number, or undefined (ngx_atoi). */
export function parseNumber(text: string): number | undefined {
  if (!/^[0-9]+$/.test(text)) return undefined;
  const number = Number(text);
  return number <= largest ? number : undefined;
}

/** Reads one number (ngx_conf_set_num_slot). */
export function readNumber([word = '']: readonly string[], at: Reading): number | undefined {
  return parseNumber(word) ?? at.fail(`"${at.name}" directive invalid number`, 0);
}
