import { parseTime } from '../../schema/values/time.ts';

/** ngx_parse_time */
export function timeOf(text: string, unit: 'ms' | 's' = 'ms'): number | undefined {
  return unit === 'ms' && /[yM]/.test(text) ? undefined : parseTime(text, unit);
}
