import { handle, type LogLevel, type PlanContext, type Script, type Verdict } from '../../../runtime/hooks.ts';
import { delayed } from '../../../runtime/http/delay.ts';
import type { Request } from '../../../runtime/http/request.ts';
import { httpLimitReq } from './directives.ts';
import { Rates } from './rates.ts';
import type { RateLimit, RateZone } from './settings.ts';

/** A zone as one configuration sees it. */
interface PlannedZone extends RateZone {
  readonly keyOf: Script;
  readonly rates: Rates;
}

interface Limit extends RateLimit {
  readonly rate: PlannedZone;
}

interface Limits {
  readonly limits: readonly Limit[];
  readonly status: number;
  readonly level: LogLevel;
  readonly delayLevel: LogLevel;
  readonly dryRun: boolean;
  readonly at: PlanContext;
}

/** What has become of a request; it is limited once only. */
const statuses = new WeakMap<Request, string>();

/** `limit_req`: requests above a rate are delayed or refused. */
export const limitReqHandler = handle(httpLimitReq, {
  http({ zones }, at) {
    for (const zone of zones) planZone(zone, at);
  },
  preaccess({ limits, status, level, dryRun }, at) {
    const planned = limits.flatMap((limit): Limit[] => {
      const rate = at.findZone<PlannedZone>(httpLimitReq, limit.zone);
      return rate ? [{ ...limit, rate }] : [];
    });
    if (planned.length === 0) return undefined;
    const all = { limits: planned, status, level, delayLevel: below[level], dryRun, at };
    return (r) => (statuses.has(r.main) ? 'declined' : limit(r, all));
  },
  variables: { limit_req_status: (r) => statuses.get(r.main) },
});

const below: Readonly<Record<LogLevel, LogLevel>> = {
  emerg: 'alert',
  alert: 'crit',
  crit: 'error',
  error: 'warn',
  warn: 'notice',
  notice: 'info',
  info: 'info',
  debug: 'debug',
};

// ngx_http_limit_req_init_zone
function planZone(zone: RateZone, at: PlanContext): void {
  at.zone<PlannedZone>(httpLimitReq, zone, (before) => {
    const line = at.scope.uses.find(({ directive: { name, args } }) => name === 'limit_req_zone' && args[0] === zone.key);
    if (line && before && before.key !== zone.key)
      at.fail(
        line.directive,
        `limit_req "${zone.name}" uses the "${zone.key}" key while previously it used the "${before.key}" key`,
      );
    return { ...zone, keyOf: at.script(zone.key, line?.directive), rates: before?.rates ?? new Rates(zone.size, zone.name) };
  });
}

// ngx_http_limit_req_handler
function limit(r: Request, all: Limits): Verdict | Promise<Verdict> {
  const { limits } = all;
  const now = Math.floor(all.at.host.clock.monotonic());
  const keys: string[] = [];
  let worst: { limit: Limit; excess: number } | undefined;
  for (const [index, one] of limits.entries()) {
    const key = keyFor(r, one.rate);
    keys.push(key);
    if (key === '') continue;
    const { outcome, excess } = one.rate.rates.lookup(key, now, { ...one.rate, burst: one.burst }, index === limits.length - 1);
    if (outcome === 'busy' || outcome === 'full') return refuse(r, all, one, outcome, excess);
    worst = { limit: one, excess: outcome === 'noted' ? 0 : excess };
  }
  if (!worst) return 'declined';
  return hold(r, all, keys, now, worst);
}

/** The key of a request; '' when it is not limited. */
function keyFor(r: Request, { key, keyOf }: PlannedZone): string {
  const text = keyOf(r);
  if (text.length <= 65_535) return text;
  r.log('error', `the value of the "${key}" key is more than 65535 bytes: "${text}"`);
  return '';
}

function refuse(
  r: Request,
  { status, level, dryRun, at }: Limits,
  { zone }: Limit,
  why: 'busy' | 'full',
  excess: number,
): Verdict {
  if (why === 'full') at.log('alert', `could not allocate node in limit_req zone "${zone}"`);
  else r.log(level, `limiting requests${dryRun ? ', dry run' : ''}, excess: ${thousandths(excess)} by zone "${zone}"`);
  statuses.set(r.main, dryRun ? 'REJECTED_DRY_RUN' : 'REJECTED');
  return dryRun ? 'declined' : status;
}

// ngx_http_limit_req_account
function hold(
  r: Request,
  { limits, delayLevel, dryRun, at }: Limits,
  keys: readonly string[],
  now: number,
  last: { limit: Limit; excess: number },
): Verdict | Promise<Verdict> {
  let { limit: slowest, excess } = last;
  let delay = delayFor(slowest, excess);
  // The last one is counted already, unless its key was empty.
  const noted = keys.at(-1) === '' ? limits.length : limits.length - 1;
  for (let index = noted - 1; index >= 0; index--) {
    const one = limits[index] as Limit;
    if (keys[index] === '') continue;
    const own = one.rate.rates.count(keys[index] as string, now, one.rate.rate);
    if (delayFor(one, own) <= delay) continue;
    delay = delayFor(one, own);
    slowest = one;
    excess = own;
  }
  if (delay === 0) {
    statuses.set(r.main, 'PASSED');
    return 'declined';
  }
  const says = `delaying request${dryRun ? ', dry run' : ''}, excess: ${thousandths(excess)}, by zone "${slowest.zone}"`;
  r.log(delayLevel, says);
  statuses.set(r.main, dryRun ? 'DELAYED_DRY_RUN' : 'DELAYED');
  return dryRun ? 'declined' : delayed(r, at.host.clock, delay, 'declined');
}

/** In milliseconds. */
function delayFor({ delay, rate }: Limit, excess: number): number {
  return excess <= delay ? 0 : Math.floor(((excess - delay) * 1000) / rate.rate);
}

function thousandths(excess: number): string {
  return `${Math.floor(excess / 1000)}.${String(excess % 1000).padStart(3, '0')}`;
}
