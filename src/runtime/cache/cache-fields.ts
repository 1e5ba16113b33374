import { parseNumber } from '../../schema/values/number.ts';
import { parseHttpTime } from '../http/http-time.ts';
import type { CacheEntry } from './cache-entry.ts';
import { longestVary } from './cache-header.ts';

/** What a response's fields say about keeping it. */
export interface Keeping {
  readonly entry: CacheEntry;
  /** Lowercased names of fields that say nothing here (proxy_ignore_headers). */
  readonly ignored: ReadonlySet<string>;
  /** False when it is not to be kept. */
  cacheable: boolean;
  /** Cache-Control forbids it, or Expires is over: X-Accel-Expires may overrule them. */
  noCache: boolean;
  expired: boolean;
  /** X-Accel-Expires was there: max-age does not count then. */
  accelerated: boolean;
}

type Reader = (keeping: Keeping, value: string, now: number) => void;

const readers: Readonly<Record<string, Reader>> = {
  'set-cookie': (keeping) => void (keeping.cacheable = false),
  'cache-control': readCacheControl,
  expires: readExpires,
  'x-accel-expires': readAccelExpires,
};

/** Reads the fields of a head in their order; names are lowercased. `now` in seconds since the epoch. */
export function readKeeping(
  keeping: Keeping,
  { lower, values }: { readonly lower: readonly string[]; readonly values: readonly string[] },
  now: number,
): void {
  const vary: string[] = [];
  keeping.noCache = keeping.expired = keeping.accelerated = false;
  for (const [at, name] of lower.entries()) {
    if (name === 'x-accel-expires') keeping.accelerated = true;
    if (keeping.ignored.has(name)) continue;
    const value = values[at] as string;
    if (name === 'vary') readVary(keeping, vary, value);
    // Only the first one of these counts.
    else if ((name !== 'expires' && name !== 'x-accel-expires') || lower.indexOf(name) === at)
      readers[name]?.(keeping, value, now);
  }
}

// ngx_http_upstream_process_vary
function readVary(keeping: Keeping, before: string[], value: string): void {
  if (!keeping.cacheable) return;
  before.push(value);
  if (value === '*') {
    keeping.cacheable = false;
    return;
  }
  const vary = before.join(', ');
  if (vary.length > longestVary) keeping.cacheable = false;
  else keeping.entry.vary = vary;
}

// ngx_http_upstream_process_cache_control
function readCacheControl(keeping: Keeping, value: string, now: number): void {
  const { entry } = keeping;
  const text = value.toLowerCase();
  if (entry.validSeconds === 0 || !keeping.accelerated) {
    if (/no-cache|no-store|private/.test(text)) {
      keeping.noCache = true;
      return;
    }
    const seconds = secondsAfter(text, 's-maxage=') ?? secondsAfter(text, 'max-age=');
    if (seconds === 0) {
      keeping.noCache = true;
      return;
    }
    if (Number.isNaN(seconds)) {
      keeping.cacheable = false;
      return;
    }
    if (seconds !== undefined) {
      entry.validSeconds = Math.min(now + seconds, Number.MAX_SAFE_INTEGER);
      keeping.expired = false;
    }
  }
  const updating = secondsAfter(text, 'stale-while-revalidate=');
  const error = secondsAfter(text, 'stale-if-error=');
  if (Number.isNaN(updating) || Number.isNaN(error)) keeping.cacheable = false;
  if (updating !== undefined && !Number.isNaN(updating)) entry.updatingSeconds = entry.errorSeconds = updating;
  if (error !== undefined && !Number.isNaN(error) && !Number.isNaN(updating)) entry.errorSeconds = error;
}

/** The number behind a word; NaN for what is none, undefined without the word (ngx_http_upstream_process_delta_seconds). */
function secondsAfter(text: string, word: string): number | undefined {
  const at = text.indexOf(word);
  if (at < 0) return undefined;
  const digits = /^[^,; ]*/.exec(text.slice(at + word.length))?.[0] ?? '';
  return /^\d*$/.test(digits) ? Math.min(Number(digits), Number.MAX_SAFE_INTEGER) : NaN;
}

// ngx_http_upstream_process_expires
function readExpires(keeping: Keeping, value: string, now: number): void {
  const { entry } = keeping;
  if (entry.validSeconds !== 0) return;
  const expires = parseHttpTime(value);
  if (expires === -1 || expires < now) keeping.expired = true;
  else entry.validSeconds = expires;
}

// ngx_http_upstream_process_accel_expires
function readAccelExpires(keeping: Keeping, value: string, now: number): void {
  const { entry } = keeping;
  const absolute = value.startsWith('@');
  const number = parseNumber(absolute ? value.slice(1) : value);
  if (number === undefined) return;
  if (number === 0 && !absolute) {
    keeping.cacheable = false;
    return;
  }
  entry.validSeconds = absolute ? number : now + number;
  keeping.noCache = keeping.expired = false;
}
