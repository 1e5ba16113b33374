import type { NextUpstream } from '../../schema/values/gateway.ts';

/** Reasons to try the next peer, as bits (NGX_HTTP_UPSTREAM_FT_…). */
export const nextReasons = {
  error: 1 << 1,
  timeout: 1 << 2,
  invalid_header: 1 << 3,
  http_500: 1 << 4,
  http_502: 1 << 5,
  http_503: 1 << 6,
  http_504: 1 << 7,
  http_403: 1 << 8,
  http_404: 1 << 9,
  updating: 1 << 10,
  http_429: 1 << 13,
  non_idempotent: 1 << 14,
  nolive: 1 << 30,
} as const;

export type NextReason = keyof typeof nextReasons;

/** The set of reasons that words name; none with `off`. With `nolive`, `error` is also that there was nobody to ask. */
export function reasonsOf(words: readonly NextUpstream[], nolive = false): number {
  if (words.includes('off')) return 0;
  const set = words.reduce((bits, word) => (word === 'off' ? bits : bits | nextReasons[word]), 0);
  return nolive && words.includes('error') ? set | nextReasons.nolive : set;
}
