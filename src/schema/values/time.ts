import type { Reading } from '../directive.ts';

interface Unit {
  readonly step: number;
  readonly seconds: number;
}

/** Units in the order in which they may follow each other; a blank after a number without unit ends them. */
const units: Readonly<Record<string, Unit>> = {
  y: { step: 1, seconds: 31_536_000 },
  M: { step: 2, seconds: 2_592_000 },
  w: { step: 3, seconds: 604_800 },
  d: { step: 4, seconds: 86_400 },
  h: { step: 5, seconds: 3600 },
  m: { step: 6, seconds: 60 },
  s: { step: 7, seconds: 1 },
  ms: { step: 8, seconds: 0.001 },
  ' ': { step: 9, seconds: 1 },
};

const largest = 2 ** 63 - 1;

/**
 * A time in milliseconds or seconds, as `unit` says; undefined when it is none (ngx_parse_time). Years and months are
 * only allowed where nginx keeps seconds, milliseconds only where it keeps those.
 */
export function parseTime(text: string, unit: 'ms' | 's' = 'ms'): number | undefined {
  const scale = unit === 's' ? 1 : 1000;
  const part = /(\d*)(ms|[yMwdhms ]) */y;
  let total = 0;
  let step = unit === 's' ? 0 : 2;
  let at = 0;
  let isValid = false;
  for (let match = part.exec(text); match; match = part.exec(text)) {
    const digits = match[1] ?? '';
    const name = match[2] ?? '';
    const taken = units[name];
    const before = name === ' ' ? 7 : taken?.step;
    if (!taken || before === undefined || step >= before || (unit === 's' && name === 'ms')) return undefined;
    isValid ||= digits !== '';
    step = taken.step;
    total += Number(digits) * taken.seconds * scale;
    at = part.lastIndex;
  }
  const rest = text.slice(at);
  if (!/^\d*$/.test(rest) || (!isValid && rest === '')) return undefined;
  total += Number(rest) * scale;
  return total >= largest ? undefined : Math.round(total);
}

/** Reads a time kept in milliseconds (ngx_conf_set_msec_slot). */
export function readTime([word = '']: readonly string[], at: Reading): number | undefined {
  return parseTime(word) ?? at.fail(`"${at.name}" directive invalid value`, 0);
}
