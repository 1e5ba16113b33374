import type { Reading } from '../../../schema/directive.ts';
import { parseNumber } from '../../../schema/values/number.ts';
import { parseZone, type ZoneSize } from '../../../schema/values/zone.ts';

/** One `limit_conn_zone`; the key may have variables. */
export interface ConnectionZone extends ZoneSize {
  readonly key: string;
}

/** One `limit_conn`. */
export interface ConnectionLimit {
  readonly zone: string;
  readonly most: number;
}

/** Reads `limit_conn_zone` (ngx_http_limit_conn_zone). */
export function readConnectionZone([key = '', word = '']: readonly string[], at: Reading): ConnectionZone | undefined {
  if (!word.startsWith('zone=')) return at.fail(`invalid parameter "${word}"`, 1);
  const zone = parseZone(word.slice(5));
  if (!zone) return at.fail(`invalid zone size "${word}"`, 1);
  return zone.name === '' ? at.fail(`"${at.name}" must have "zone" parameter`) : { ...zone, key };
}

/** Reads `limit_conn` (ngx_http_limit_conn). */
export function readConnectionLimit([zone = '', number = '']: readonly string[], at: Reading): ConnectionLimit | undefined {
  const most = parseNumber(number);
  if (!most) return at.fail(`invalid number of connections "${number}"`, 1);
  return most > 65_535 ? at.fail('connection limit must be less 65536', 1) : { zone, most };
}
