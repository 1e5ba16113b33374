import type { Reading } from '../../../schema/directive.ts';

/** What `hash` says. */
export interface Hash {
  /** A text with variables. */
  readonly key: string;
  readonly consistent: boolean;
}

/** ngx_http_upstream_hash */
export function readHash([key = '', method]: readonly string[], at: Reading): Hash | undefined {
  if (method === undefined || method === 'consistent') return { key, consistent: method === 'consistent' };
  return at.fail(`invalid parameter "${method}"`, 1);
}
