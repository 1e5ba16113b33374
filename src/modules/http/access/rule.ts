import type { Reading } from '../../../schema/directive.ts';
import { type Cidr, parseCidr } from '../../../schema/values/grammar/cidr.ts';

/** One `allow` or `deny`. */
export interface AccessRule {
  readonly allows: boolean;
  readonly whom: Cidr | 'all' | 'unix';
}

/** Reads `allow` and `deny` (ngx_http_access_rule). */
export function readRule([text = '']: readonly string[], at: Reading): AccessRule | undefined {
  const whom = text === 'all' ? 'all' : text === 'unix:' ? 'unix' : parseCidr(text);
  return whom === undefined ? at.fail(`invalid parameter "${text}"`, 0) : { allows: at.name === 'allow', whom };
}
