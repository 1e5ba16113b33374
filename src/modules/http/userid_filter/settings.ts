import type { Reading } from '../../../schema/directive.ts';
import { parseTime } from '../../../schema/values/time.ts';

/** How long a cookie is kept, in seconds; 0 for as long as the browser runs. */
export type Lifetime = number | 'max';

/** Reads `userid_expires` (ngx_http_userid_expires). */
export function readLifetime([word = '']: readonly string[], at: Reading): Lifetime | undefined {
  if (word === 'max') return 'max';
  if (word === 'off') return 0;
  return parseTime(word, 's') ?? at.fail('invalid value', 0);
}

/** Reads `userid_mark` (ngx_http_userid_mark); '' for `off`. */
export function readMark([word = '']: readonly string[], at: Reading): string | undefined {
  if (word === 'off') return '';
  return /^[A-Za-z0-9=]$/.test(word) ? word : at.fail('value must be "off" or a single letter, digit or "="', 0);
}

/** Reads a text of which `none` is no text. */
export function readTextOrNone([word = '']: readonly string[]): string {
  return word === 'none' ? '' : word;
}
