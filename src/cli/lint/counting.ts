import { milliseconds } from '../../host/clock.ts';
import type { Streams } from '../streams.ts';
import type { LintSettings } from './lint-settings.ts';

interface Row {
  readonly rule: string;
  readonly value: number;
}

/** Runs with what `--timing` and `--statistics` need, and says on stderr what came of it. */
export async function counting(
  settings: LintSettings,
  { stderr }: Streams,
  run: (settings: LintSettings) => Promise<number>,
): Promise<number> {
  const times = new Map<string, number>();
  const counts = new Map<string, number>();
  const meter = {
    now: milliseconds,
    add: (rule: string, time: number) => void times.set(rule, (times.get(rule) ?? 0) + time),
  };
  const code = await run({
    ...settings,
    ...(settings.timing && { lint: { ...settings.lint, meter } }),
    onShown: (findings) => {
      for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
    },
  });
  if (settings.statistics) stderr.write(table('findings', counts, (value) => String(value)));
  if (settings.timing) stderr.write(table('ms', times, (value) => value.toFixed(2)));
  return code;
}

/** The largest first; of equal ones the first in the alphabet. */
function table(unit: string, values: ReadonlyMap<string, number>, shown: (value: number) => string): string {
  const rows: Row[] = [...values].map(([rule, value]) => ({ rule, value }));
  rows.sort((a, b) => b.value - a.value || (a.rule < b.rule ? -1 : 1));
  const total = rows.reduce((sum, { value }) => sum + value, 0);
  const lines = [...rows, { rule: 'all', value: total }].map(({ rule, value }) => [shown(value), rule] as const);
  const width = Math.max(unit.length, ...lines.map(([value]) => value.length));
  return `${unit.padStart(width)}  rule\n${lines.map(([value, rule]) => `${value.padStart(width)}  ${rule}\n`).join('')}`;
}
