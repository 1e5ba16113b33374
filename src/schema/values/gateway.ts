import type { Reading } from '../directive.ts';
import { someOf } from './enum.ts';
import { readIpAndPort } from './ip-address.ts';
import { isDynamic, partsOf } from './script.ts';

/*
 * What `proxy_…`, `fastcgi_…` and their like have in common.
 */

const reasons = [
  'error',
  'timeout',
  'invalid_header',
  'non_idempotent',
  'http_500',
  'http_502',
  'http_503',
  'http_504',
  'http_403',
  'http_404',
  'http_429',
  'updating',
  'off',
] as const;
const ignorable = [
  'x-accel-redirect',
  'x-accel-expires',
  'x-accel-limit-rate',
  'x-accel-buffering',
  'x-accel-charset',
  'expires',
  'cache-control',
  'set-cookie',
  'vary',
] as const;

/** A word of `proxy_next_upstream`. */
export type NextUpstream = (typeof reasons)[number];

/** `proxy_next_upstream`. */
export const readNextUpstream: (words: readonly string[], at: Reading) => readonly NextUpstream[] | undefined = someOf(
  ...reasons,
);

/** `proxy_ignore_headers`, lowercased. */
export const readIgnoredHeaders: (words: readonly string[], at: Reading) => readonly string[] | undefined = someOf(...ignorable);

/** A header's name, lowercased. */
export function readHeaderName([name = '']: readonly string[]): string {
  return name.toLowerCase();
}

const reasonsOfMemcached = {
  error: 'error',
  timeout: 'timeout',
  invalid_response: 'invalid_header',
  not_found: 'http_404',
  off: 'off',
} as const;
const readMemcachedReasons = someOf(...(Object.keys(reasonsOfMemcached) as (keyof typeof reasonsOfMemcached)[]));

/** `memcached_next_upstream`, in the words of the others. */
export function readMemcachedNextUpstream(words: readonly string[], at: Reading): readonly NextUpstream[] | undefined {
  return readMemcachedReasons(words, at)?.map((word) => reasonsOfMemcached[word]);
}

/** What `proxy_bind` says: an address with or without a port, or variables that give one. */
export interface Bind {
  readonly address: string;
  readonly transparent: boolean;
}

/** `proxy_bind`; null is `off` (ngx_http_upstream_bind_set_slot). */
export function readBind([address = '', flag]: readonly string[], at: Reading): Bind | null | undefined {
  if (address === 'off' && flag === undefined) return null;
  const parts = partsOf(address);
  if (typeof parts === 'string') return at.fail(parts, 0);
  if (!isDynamic(address) && !readIpAndPort(address)) return at.fail(`invalid address "${address}"`, 0);
  if (flag !== undefined && flag !== 'transparent') return at.fail(`invalid parameter "${flag}"`, 1);
  return { address, transparent: flag !== undefined };
}

/** One `fastcgi_param`. */
export interface PassedParam {
  readonly name: string;
  readonly value: string;
  readonly ifNotEmpty: boolean;
}

/** `fastcgi_param` (ngx_http_upstream_param_set_slot). */
export function readParam([name = '', value = '', condition]: readonly string[], at: Reading): PassedParam | undefined {
  if (condition !== undefined && condition !== 'if_not_empty') return at.fail(`invalid parameter "${condition}"`, 2);
  const parts = partsOf(value);
  if (typeof parts === 'string') return at.fail(parts, 1);
  return { name, value, ifNotEmpty: condition !== undefined };
}
