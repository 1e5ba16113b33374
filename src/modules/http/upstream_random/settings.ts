import type { Reading } from '../../../schema/directive.ts';

/** ngx_http_upstream_random: one throw, or the better of two. */
export function readRandom([two, method]: readonly string[], at: Reading): 'one' | 'two' | undefined {
  if (two === undefined) return 'one';
  if (two !== 'two') return at.fail(`invalid parameter "${two}"`, 0);
  if (method === undefined || method === 'least_conn') return 'two';
  return at.fail(`invalid parameter "${method}"`, 1);
}
