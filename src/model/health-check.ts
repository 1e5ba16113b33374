import { httpUpstreamCheck } from '../modules/extra/upstream_check/directives.ts';
import type { Check } from '../modules/extra/upstream_check/settings.ts';
import type { Model } from './build.ts';
import type { Upstream } from './references.ts';

/** The `check` in force in an upstream, defaults filled in, times in milliseconds; undefined without one that can be read. */
export function checkOf({ settings }: Model, { scope }: Upstream): Check | undefined {
  return settings.of(scope, httpUpstreamCheck).check;
}

/** Least and most milliseconds that something takes. */
export interface Span {
  readonly least: number;
  readonly most: number;
}

/**
 * Milliseconds from the start of one check, which takes `takes`, to the start of the next. The module looks every half interval, and starts a check when the
 * last one *ended* an interval ago: one that takes any time at all is followed by the next one and a half intervals later
 * (ngx_http_upstream_check_begin_handler).
 */
export function checkPeriod(interval: number, takes: number): number {
  const tick = Math.floor(interval / 2);
  return tick === 0 ? interval + takes : Math.ceil((interval + takes) / tick) * tick;
}

/** From the death of a server to when it gets no requests: refused at once in the best case, silent for a timeout in the worst. */
export function detectionTime({ interval, fall, timeout }: Check): Span {
  const least = (fall - 1) * checkPeriod(interval, 0);
  return { least, most: checkPeriod(interval, 1) + (fall - 1) * checkPeriod(interval, timeout) + timeout };
}

/** From the start of nginx to when a server that is well gets its first request: the first check comes at random, within an interval. */
export function coldStart({ interval, rise }: Check): Span {
  return { least: (rise - 1) * checkPeriod(interval, 0), most: Math.max(interval, 1000) + (rise - 1) * checkPeriod(interval, 1) };
}
