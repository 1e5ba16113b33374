import type { Reading } from '../../../schema/directive.ts';
import { parseNumber } from '../../../schema/values/number.ts';
import { parseZone, type ZoneSize } from '../../../schema/values/zone.ts';

/** One `limit_req_zone`. */
export interface RateZone extends ZoneSize {
  /** May have variables. */
  readonly key: string;
  /** Thousandths of a request per second. */
  readonly rate: number;
}

/** One `limit_req`; burst and delay in thousandths of a request. */
export interface RateLimit {
  readonly zone: string;
  readonly burst: number;
  readonly delay: number;
}

/** Reads `limit_req_zone` (ngx_http_limit_req_zone). */
export function readRateZone([key = '', ...words]: readonly string[], at: Reading): RateZone | undefined {
  let zone: ZoneSize | undefined;
  let rate = 1000;
  for (const [index, word] of words.entries()) {
    if (word.startsWith('zone=')) {
      zone = parseZone(word.slice(5));
      if (!zone) return at.fail(`invalid zone size "${word}"`, index + 1);
    } else if (word.startsWith('rate=')) {
      const [, number = '', unit] = /^rate=(.*?)(r\/[sm])?$/s.exec(word) ?? [];
      const requests = parseNumber(number);
      if (!requests) return at.fail(`invalid rate "${word}"`, index + 1);
      rate = Math.floor((requests * 1000) / (unit === 'r/m' ? 60 : 1));
    } else return at.fail(`invalid parameter "${word}"`, index + 1);
  }
  return zone?.name ? { ...zone, key, rate } : at.fail(`"${at.name}" must have "zone" parameter`);
}

/** Reads `limit_req` (ngx_http_limit_req). */
export function readRateLimit(words: readonly string[], at: Reading): RateLimit | undefined {
  let zone: string | undefined;
  const thousandths = { burst: 0, delay: 0 };
  for (const [index, word] of words.entries()) {
    const [, name, value = ''] = /^(burst|delay)=(.*)$/s.exec(word) ?? [];
    if (word.startsWith('zone=')) zone = word.slice(5);
    else if (name === 'burst' || name === 'delay') {
      const requests = parseNumber(value);
      if (!requests) return at.fail(`invalid ${name} value "${word}"`, index);
      thousandths[name] = requests * 1000;
    } else if (word === 'nodelay') thousandths.delay = Infinity;
    else return at.fail(`invalid parameter "${word}"`, index);
  }
  return zone === undefined ? at.fail(`"${at.name}" must have "zone" parameter`) : { zone, ...thousandths };
}
