const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Reads a time as tests write it: milliseconds, or `500ms`, `10s`, `2m`, `1h`; throws when it is none. */
export function milliseconds(time: number | string): number {
  if (typeof time === 'number') return time;
  const [, number, unit = 'ms'] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(time) ?? [];
  if (number === undefined) throw new Error(`"${time}" is no time: it looks like 500ms, 10s, 2m or 1h`);
  return Number(number) * (units[unit] ?? 1);
}
