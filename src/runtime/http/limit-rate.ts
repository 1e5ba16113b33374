import { parseSize } from '../../schema/values/size.ts';
import type { Request } from './request.ts';

/** `set $limit_rate` (ngx_http_variable_set_limit_rate). */
export function setLimitRate(r: Request, text: string): void {
  const rate = parseSize(text);
  if (rate === undefined) r.log('error', `invalid $limit_rate "${text}"`);
  else r.limitRate = rate;
}

/** A size out of variables, in bytes; 0 when it is none (ngx_http_complex_value_size). */
export function sizeOf(text: string | undefined): number {
  return text ? (parseSize(text) ?? 0) : 0;
}
