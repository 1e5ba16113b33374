import { httpDate } from '../engine.ts';
import type { Request, UpstreamAttempt } from './request.ts';
import { UpstreamRequest } from './upstream-request.ts';

/*
 * `$upstream_…`: one value for each attempt, joined by `, `; after an internal redirect by ` : ` (an attempt without
 * address stands between the two).
 */

/** Joins what each attempt says; undefined when no upstream was asked. */
export function overAttempts({ upstreamAttempts }: Request, text: (attempt: UpstreamAttempt) => string): string | undefined {
  if (upstreamAttempts.length === 0) return undefined;
  let joined = '';
  let separator = '';
  for (const attempt of upstreamAttempts) {
    if (attempt.addr === '') {
      separator = ' : ';
      continue;
    }
    joined += separator + text(attempt);
    separator = ', ';
  }
  return joined;
}

/** `0.012`, `-` when it was not reached (ngx_http_upstream_response_time_variable). */
export function attemptTime(milliseconds: number): string {
  return milliseconds < 0 ? '-' : (Math.floor(milliseconds) / 1000).toFixed(3);
}

/** `$upstream_http_name`: all fields of that name, joined. */
export function upstreamHeader(r: Request, name: string): string | undefined {
  const { upstreamSide: side } = r;
  if (!(side instanceof UpstreamRequest)) return undefined;
  const { lower, values } = side.head;
  const found = values.filter((_, i) => (lower[i] as string).replaceAll('-', '_') === name);
  return found.length > 1 && side.conf.joinsFields ? found.join(', ') : found[0];
}

/** `$upstream_cookie_name`: what Set-Cookie gives that cookie (ngx_http_parse_set_cookie_lines). */
export function upstreamCookie(r: Request, name: string): string | undefined {
  const { upstreamSide: side } = r;
  if (!(side instanceof UpstreamRequest)) return undefined;
  const { lower, values } = side.head;
  for (let i = 0; i < lower.length; i++) {
    if (lower[i] !== 'set-cookie') continue;
    const text = values[i] as string;
    if (text.slice(0, name.length).toLowerCase() !== name) continue;
    const value = /^ *= *([^;]*)/.exec(text.slice(name.length))?.[1];
    if (value !== undefined) return value;
  }
  return undefined;
}

/** `$upstream_cache_status`: MISS, HIT …; not found when no cache was asked. */
export function cacheStatus({ upstreamSide: side }: Request): string | undefined {
  return side instanceof UpstreamRequest && side.cacheStatus !== '' ? side.cacheStatus : undefined;
}

/** `$upstream_cache_last_modified`: of a kept response that is too old and may be revalidated. */
export function cacheLastModified({ upstreamSide: side }: Request): string | undefined {
  return side instanceof UpstreamRequest && side.storedModified !== -1 ? httpDate(side.storedModified) : undefined;
}

/** `$upstream_cache_etag`: as `cacheLastModified`. */
export function cacheEtag({ upstreamSide: side }: Request): string | undefined {
  return side instanceof UpstreamRequest && side.storedEtag !== '' ? side.storedEtag : undefined;
}
