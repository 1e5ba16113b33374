import type { Reading } from '../directive.ts';

interface Unit {
  readonly step: number;
  readonly milliseconds: number;
}

const second = 1000;
const day = 86_400 * second;

/** Units in the order in which they may follow each other (ngx_parse_time). */
const units: Readonly<Record<string, Unit>> = {
  y: { step: 1, milliseconds: 365 * day },
  M: { step: 2, milliseconds: 30 * day },
  w: { step: 3, milliseconds: 7 * day },
  d: { step: 4, milliseconds: day },
  h: { step: 5, milliseconds: 3600 * second },
  m: { step: 6, milliseconds: 60 * second },
  s: { step: 7, milliseconds: second },
  ms: { step: 8, milliseconds: 1 },
};

/**
 * `1d 12h`, `30s`, `500ms`, `10` (seconds), in milliseconds; undefined when it is none. Milliseconds are only allowed
 * where nginx keeps them, so `unit` tells what it stores.
 */
export function parseTime(text: string, unit: 'ms' | 's' = 'ms'): number | undefined {
  let [total, step, at] = [0, 0, 0];
  const part = / *([0-9]+)(ms|[smhdwMy])? */y;
  while (at < text.length) {
    part.lastIndex = at;
    const match = part.exec(text);
    const name = match?.[2] ?? 's';
    const taken = units[name];
    if (!match || !taken || taken.step <= step || (unit === 's' && name === 'ms')) return undefined;
    step = match[2] === undefined ? 8 : taken.step;
    total += Number(match[1]) * taken.milliseconds;
    at = part.lastIndex;
  }
  return step === 0 ? undefined : total;
}

/** Reads a time kept in milliseconds (ngx_conf_set_msec_slot). */
export function readTime([word = '']: readonly string[], at: Reading): number | undefined {
  return parseTime(word) ?? at.fail(`"${at.name}" directive invalid value`, 0);
}

/** Reads a time kept in whole seconds (ngx_conf_set_sec_slot); the value is in seconds. */
export function readSeconds([word = '']: readonly string[], at: Reading): number | undefined {
  const time = parseTime(word, 's');
  return time === undefined ? at.fail(`"${at.name}" directive invalid value`, 0) : time / second;
}
