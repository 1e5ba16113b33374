import type { Reading } from '../../../schema/directive.ts';

/** One `sub_filter`; both texts may have variables. */
export interface Substitution {
  readonly find: string;
  readonly replacement: string;
}

/** Reads `sub_filter` (ngx_http_sub_filter). */
export function readSubstitution([find = '', replacement = '']: readonly string[], at: Reading): Substitution | undefined {
  if (find === '') return at.fail('empty search pattern', 0);
  return { find, replacement };
}
