import type { Reading } from '../directive.ts';
import { someOf } from './enum.ts';

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
