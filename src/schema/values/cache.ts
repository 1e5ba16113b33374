import type { Reading } from '../directive.ts';
import { someOf } from './enum.ts';
import { parseNumber } from './number.ts';
import { isDynamic, partsOf } from './script.ts';
import { parseOffset } from './size.ts';
import { parseTime } from './time.ts';
import { parseZone, type ZoneSize } from './zone.ts';

/*
 * What `proxy_cache…`, `fastcgi_cache…` and their like have in common.
 */

/** One `proxy_cache_path`. Sizes in bytes, times as nginx keeps them. */
export interface CachePath {
  /** As written, without a slash at the end. */
  readonly path: string;
  /** Lengths of the names of the directories in between. */
  readonly levels: readonly number[];
  readonly zone: ZoneSize;
  /** Seconds without use after which a response goes. */
  readonly inactive: number;
  readonly maxSize: number;
  readonly minFree: number;
  /** Responses are written to `proxy_temp_path` first; otherwise beside their place. */
  readonly useTempPath: boolean;
  readonly loader: CacheWork;
  readonly manager: CacheWork;
}

/** How much a cache's loader or manager does at once, and how long it rests then. Milliseconds. */
export interface CacheWork {
  readonly files: number;
  readonly sleep: number;
  readonly threshold: number;
}

/** How long responses of a status are kept, in seconds; status 0 is any. */
export interface CacheValid {
  readonly status: number;
  readonly seconds: number;
}

/** `proxy_cache`: the name of a zone, variables that give one, or `off`. */
export function readCacheZone([name = '']: readonly string[], at: Reading): string | undefined {
  const parts = partsOf(name);
  if (typeof parts === 'string') return at.fail(parts, 0);
  return name === '' && !isDynamic(name) ? at.fail(`invalid value "${name}"`, 0) : name;
}

/** `proxy_cache_methods`, lowercased. */
export const readCacheMethods: (words: readonly string[], at: Reading) => readonly ('get' | 'head' | 'post')[] | undefined =
  someOf('get', 'head', 'post');

/** `proxy_cache_valid` (ngx_http_file_cache_valid_set_slot). */
export function readCacheValid(args: readonly string[], at: Reading): readonly CacheValid[] | undefined {
  const seconds = parseTime(args.at(-1) ?? '', 's');
  if (seconds === undefined) return at.fail(`invalid time value "${args.at(-1)}"`, args.length - 1);
  if (args.length === 1) return [200, 301, 302].map((status) => ({ status, seconds }));
  const valid: CacheValid[] = [];
  for (const [index, word] of args.slice(0, -1).entries()) {
    const status = word === 'any' ? 0 : parseNumber(word);
    if (status === undefined || (word !== 'any' && (status < 100 || status > 599)))
      return at.fail(`invalid status "${word}"`, index);
    valid.push({ status, seconds });
  }
  return valid;
}

const times = {
  inactive: 's',
  loader_sleep: 'ms',
  loader_threshold: 'ms',
  manager_sleep: 'ms',
  manager_threshold: 'ms',
} as const;

/** `proxy_cache_path` (ngx_http_file_cache_set_slot). */
export function readCachePath([path = '', ...words]: readonly string[], at: Reading): CachePath | undefined {
  const found = new Map<string, number>();
  let levels: readonly number[] = [];
  let zone: ZoneSize | undefined;
  let useTempPath = true;
  for (const [index, word] of words.entries()) {
    const equals = word.indexOf('=');
    const [name, text] = [word.slice(0, equals), word.slice(equals + 1)];
    if (name === 'levels') levels = text.split(':').map(Number);
    else if (name === 'use_temp_path') useTempPath = text === 'on';
    else if (name === 'keys_zone') zone = parseZone(text);
    else {
      const number = numberOf(name, text);
      if (number === undefined) return at.fail(`invalid parameter "${word}"`, index + 1);
      found.set(name, number);
    }
  }
  if (!zone) return at.fail(`"${at.name}" must have "keys_zone" parameter`, 0);
  const work = (who: string): CacheWork => ({
    files: found.get(`${who}_files`) ?? 100,
    sleep: found.get(`${who}_sleep`) ?? 50,
    threshold: found.get(`${who}_threshold`) ?? 200,
  });
  return {
    path: path.replace(/\/$/, ''),
    levels,
    zone,
    inactive: found.get('inactive') ?? 600,
    maxSize: found.get('max_size') ?? Infinity,
    minFree: found.get('min_free') ?? 0,
    useTempPath,
    loader: work('loader'),
    manager: work('manager'),
  };
}

function numberOf(name: string, text: string): number | undefined {
  if (name === 'max_size' || name === 'min_free') return parseOffset(text);
  if (name === 'loader_files' || name === 'manager_files') return parseNumber(text);
  return Object.hasOwn(times, name) ? parseTime(text, times[name as keyof typeof times]) : undefined;
}
