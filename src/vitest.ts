/* `nginxlint/vitest`: what tests say of a configuration. Importing it is enough; it is apart from `nginxlint/testing`, which needs no vitest. */

import { expect } from 'vitest';
import { type ExpectedFields, toBeProxiedAs, toKeepSessions, toMatchLocation, toSpread } from './run/matchers.ts';

/** The matchers, as they are called. */
export interface NginxMatchers<R> {
  /** Of `await ng.explain(…)`: the location that answers, as it is written; null for the server's own level. */
  toMatchLocation(location: string | null): R;
  /** Of `await ng.explain(…)`: the URI of the request upstream, and fields of it; null for a field that is absent. */
  toBeProxiedAs(uri: string, fields?: ExpectedFields): R;
  /** Of `await ng.burst(…)`: how many requests each back end answers, give or take `within`. */
  toSpread(counts: Readonly<Record<string, number>>, within?: number): R;
  /** Of `ng`: every session that it has seen stayed with one back end. */
  toKeepSessions(): R;
}

declare module 'vitest' {
  interface Matchers<T> extends NginxMatchers<T> {}
}

expect.extend({ toMatchLocation, toBeProxiedAs, toSpread, toKeepSessions });
