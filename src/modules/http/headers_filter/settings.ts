import type { Reading } from '../../../schema/directive.ts';
import { parseTime } from '../../../schema/values/time.ts';

/** What becomes of the outer block's lines where a block has its own: `merge` puts them behind, `off` drops them everywhere. */
export const inherits = ['off', 'on', 'merge'] as const;
export type Inherit = (typeof inherits)[number];

/** One `add_header` or `add_trailer` line. */
export interface AddedHeader {
  readonly name: string;
  /** May have variables. */
  readonly value: string;
  /** With every status, not only with those of success and redirection. */
  readonly always: boolean;
}

/** Times in seconds. `since` says from what: the request, the file's modification, or midnight. */
export type Expires =
  | { readonly kind: 'off' | 'epoch' | 'max' }
  | { readonly kind: 'time'; readonly since: 'access' | 'modified' | 'midnight'; readonly seconds: number }
  | { readonly kind: 'script'; readonly text: string; readonly modified: boolean };

/** Reads `add_header` and `add_trailer` (ngx_http_headers_add). */
export function readAddHeader([name = '', value = '', third]: readonly string[], at: Reading): AddedHeader | undefined {
  if (third !== undefined && third !== 'always') return at.fail(`invalid parameter "${third}"`, 2);
  return { name, value, always: third === 'always' };
}

/** Reads `expires` (ngx_http_headers_expires). */
export function readExpires([first = '', second]: readonly string[], at: Reading): Expires | undefined {
  const modified = second !== undefined;
  if (modified && first !== 'modified') return at.fail('invalid value', 0);
  const text = second ?? first;
  if (text.includes('$')) return { kind: 'script', text, modified };
  const expires = parseExpires(text, modified);
  return typeof expires === 'string' ? at.fail(expires, modified ? 1 : 0) : expires;
}

/** The meaning of a time, or what nginx says against it (ngx_http_parse_expires). */
export function parseExpires(text: string, modified: boolean): Expires | string {
  if (!modified && (text === 'epoch' || text === 'max' || text === 'off')) return { kind: text };
  const sign = /^[@+-]/.exec(text)?.[0] ?? '';
  if (sign === '@' && modified) return 'daily time cannot be used with "modified" parameter';
  const seconds = parseTime(text.slice(sign.length), 's');
  if (seconds === undefined) return 'invalid value';
  if (sign === '@')
    return seconds > 86_400 ? 'daily time value must be less than 24 hours' : { kind: 'time', since: 'midnight', seconds };
  return { kind: 'time', since: modified ? 'modified' : 'access', seconds: sign === '-' ? -seconds : seconds };
}
