import type { Reading } from '../directive.ts';

const largest = 2 ** 63 - 1;

/** A non-negative decimal number, or undefined (ngx_atoi). */
export function parseNumber(text: string): number | undefined {
  if (!/^[0-9]+$/.test(text)) return undefined;
  const number = Number(text);
  return number <= largest ? number : undefined;
}

/** `12.5%` in hundredths of a percent; 0 for `*`; undefined when it is none, or nothing (ngx_atofp with two digits). */
export function parsePercent(text: string): number | undefined {
  if (text === '*') return 0;
  const [, whole = '', fraction = ''] = /^(\d*)(?:\.(\d{0,2}))?%$/.exec(text) ?? [];
  if (whole + fraction === '' && !text.includes('.')) return undefined;
  return parseNumber(whole + fraction.padEnd(2, '0')) || undefined;
}

/** Reads one number (ngx_conf_set_num_slot). */
export function readNumber([word = '']: readonly string[], at: Reading): number | undefined {
  return parseNumber(word) ?? at.fail(`"${at.name}" directive invalid number`, 0);
}
