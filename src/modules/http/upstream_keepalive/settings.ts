import type { Reading } from '../../../schema/directive.ts';
import { parseNumber } from '../../../schema/values/number.ts';

/** What `keepalive` says. */
export interface Keepalive {
  readonly connections: number;
  readonly local: boolean;
}

/** ngx_http_upstream_keepalive */
export function readKeepalive([count = '', local]: readonly string[], at: Reading): Keepalive | undefined {
  const connections = parseNumber(count);
  if (connections === undefined) return at.fail(`invalid value "${count}" in "keepalive" directive`, 0);
  if (local !== undefined && local !== 'local' && local !== 'single') return at.fail(`invalid parameter "${local}"`, 1);
  return { connections, local: local === 'local' };
}
