import { methodsOf } from '../../model/balancing.ts';
import { hashKeyOf } from '../../model/hash-key.ts';
import type { Upstream } from '../../model/references.ts';
import { type Use, useIn } from '../../model/scope.ts';
import { parseTime } from '../../schema/values/time.ts';
import { sampleOf } from './expression.ts';
import { isSince, type Job } from './job.ts';
import { nameFor, time } from './words.ts';

/** How a backend chooses its servers. */
export interface Balance {
  readonly lines: readonly string[];
  /** Each server needs a `cookie` of its own. */
  readonly hasCookie: boolean;
}

/** The balancing method of an upstream: nginx obeys the last one written. */
export function balanceOf(job: Job, upstream: Upstream): Balance {
  const use = methodsOf(upstream).at(-1);
  const sticky = useIn(upstream.scope, 'sticky');
  const cookie = sticky ? cookieOf(job, sticky) : [];
  return { lines: [...methodLines(job, upstream, use), ...cookie], hasCookie: cookie.length > 0 };
}

function methodLines(job: Job, upstream: Upstream, use: Use | undefined): readonly string[] {
  const { ledger } = job;
  if (!use) {
    if (upstream.primaries.length > 1)
      ledger.approximated(upstream.use.directive, 'balance roundrobin gives servers the same shares in another order', 'order');
    return ['balance roundrobin'];
  }
  const { name, args } = use.directive;
  if (name === 'least_conn') {
    ledger.approximated(use.directive, 'balance leastconn counts connections without dividing by weight the way nginx does');
    return ['balance leastconn'];
  }
  if (name === 'ip_hash') {
    ledger.approximated(
      use.directive,
      'balance hash over the same key, the /24 or the whole IPv6 address; clients move to other servers once',
    );
    return ['balance hash src,ipmask(24,128)', 'hash-type map-based'];
  }
  if (name === 'random') {
    const draws = args[0] === 'two' ? 2 : 1;
    if (args[1] !== undefined && args[1] !== 'least_conn')
      ledger.dropped(use.directive, 'HAProxy compares by connections only', args[1].replace(/=.*/, ''));
    ledger.mapped(use.directive, `balance random(${draws})`);
    return [`balance random(${draws})`];
  }
  if (name === 'hash') return hashLines(job, upstream, use);
  ledger.dropped(use.directive, 'HAProxy measures no response times to balance by; balance leastconn is written');
  return ['balance leastconn'];
}

function hashLines(job: Job, upstream: Upstream, use: Use): readonly string[] {
  const key = hashKeyOf(upstream);
  const method = key && keyMethod(key.text);
  if (!key || method === undefined) {
    job.ledger.dropped(use.directive, 'the key has no HAProxy sample; balance roundrobin is written', 'key');
    return ['balance roundrobin'];
  }
  job.ledger.approximated(use.directive, `${method}; HAProxy's hash is another one, and keys move to other servers once`);
  return [method, `hash-type ${key.consistent ? 'consistent' : 'map-based'}`];
}

/** One variable alone is a sample; of several HAProxy makes no key. */
function keyMethod(text: string): string | undefined {
  const [, braced, plain] = /^\$(?:\{(\w+)\}|(\w+))$/.exec(text) ?? [];
  const name = (braced ?? plain ?? '').toLowerCase();
  if (name === 'request_uri') return 'balance uri whole';
  if (name === 'remote_addr' || name === 'binary_remote_addr') return 'balance source';
  const sample = sampleOf(name, {});
  return sample === undefined ? undefined : `balance hash ${sample}`;
}

function cookieOf(job: Job, { directive }: Use): readonly string[] {
  const [kind, name = 'srv', ...rest] = directive.args;
  if (kind !== 'cookie') {
    job.ledger.dropped(directive, `HAProxy has no sticky ${kind}`);
    return [];
  }
  const words = [`cookie ${nameFor(name)} insert indirect nocache`];
  for (const parameter of rest) {
    const [, key = parameter, value = ''] = /^(\w+)=(.*)$/s.exec(parameter) ?? [];
    if (parameter === 'httponly' || parameter === 'secure') words.push(parameter);
    else if (key === 'domain') words.push(`domain ${value}`);
    else if (key === 'samesite') words.push(`attr "SameSite=${value}"`);
    else if (key === 'expires' && value !== 'max') words.push(`attr "Max-Age=${parseTime(value, 's') ?? 0}"`);
    else if (parameter !== 'path=/') job.ledger.dropped(directive, `HAProxy's cookie has no ${key}`, key);
  }
  job.ledger.mapped(directive, 'a cookie that HAProxy inserts; its value names the server instead of a hash');
  return [words.join(' ')];
}

/** `slow_start` of a server, in commercial nginx. */
export function slowStart(value: string | undefined): string {
  const milliseconds = value === undefined ? 0 : (parseTime(value) ?? 0);
  return milliseconds > 0 ? ` slowstart ${time(milliseconds)}` : '';
}

/** Servers that count as dead until a check says otherwise. */
export function startsDown(job: Job): string | undefined {
  return isSince(job, '3.1') ? 'init-state down' : undefined;
}
