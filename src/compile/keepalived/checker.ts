import { display } from '../../base/source-text.ts';
import { checkOf } from '../../model/health-check.ts';
import { effectiveOne } from '../../model/inherited.ts';
import type { Upstream } from '../../model/references.ts';
import { useIn } from '../../model/scope.ts';
import { parametersOf, usableServers } from '../../model/server-parameters.ts';
import { httpUpstreamCheck } from '../../modules/extra/upstream_check/directives.ts';
import type { Check } from '../../modules/extra/upstream_check/settings.ts';
import { parseTime } from '../../schema/values/time.ts';
import type { Job, Service } from './job.ts';

/** How real servers are checked. */
export interface Checker {
  /** Seconds between checks. */
  readonly every: number;
  /** Servers are down until a check succeeds. */
  readonly alpha: boolean;
  /** True when a script is run. */
  readonly runsScript: boolean;
  /** The lines of the block for one server. */
  lines(address: string, port: number): readonly string[];
}

/** The checks of a service: those of `check`, or in place of counted failures an attempt to connect. */
export function checkerOf(upstream: Upstream | undefined, service: Service, job: Job): Checker | undefined {
  const check = upstream && checkOf(job.model, upstream);
  if (check && upstream) return active(check, upstream, job);
  const counted = upstream?.primaries.map(parametersOf).filter(({ maxFails }) => maxFails > 0) ?? [];
  if (service.protocol === 'UDP' || !upstream || usableServers(upstream).length < 2 || counted.length === 0) return undefined;
  const timeout = effectiveOne(service.pass.scope, 'proxy_connect_timeout')?.directive.args[0] ?? '';
  const seconds = Math.min(parseTime(timeout, 's') ?? 5, 60);
  const [{ maxFails, failTimeout } = { maxFails: 1, failTimeout: 10 }] = counted;
  const limits = [`connect_timeout ${Math.max(seconds, 1)}`, `retry ${maxFails - 1}`, 'delay_before_retry 1'];
  return { every: Math.max(failTimeout, 1), alpha: false, runsScript: false, lines: () => block('TCP_CHECK', limits) };
}

function active(check: Check, upstream: Upstream, job: Job): Checker {
  say(check, upstream, job);
  const timeout = seconds(check.timeout);
  const limits = [`connect_timeout ${timeout}`, `retry ${check.fall - 1}`, `delay_before_retry ${seconds(check.interval)}`];
  const port = check.port > 0 ? [`connect_port ${check.port}`] : [];
  const common = { every: seconds(check.interval), alpha: check.defaultDown };
  if (check.type === 'mysql') {
    const lines = (address: string, own: number) =>
      block('MISC_CHECK', [
        `misc_path "${greeting(address, check.port || own, timeout)}"`,
        `misc_timeout ${Math.ceil(timeout) + 1}`,
      ]);
    return { ...common, runsScript: true, lines };
  }
  if (check.type === 'http')
    return { ...common, runsScript: false, lines: () => block('HTTP_GET', [...page(upstream, job), ...port, ...limits]) };
  if (check.type === 'ssl_hello') {
    const any = block('url', ['path /', 'status_code 100-599']);
    return { ...common, runsScript: false, lines: () => block('SSL_GET', [...any, ...port, ...limits]) };
  }
  return { ...common, runsScript: false, lines: () => block('TCP_CHECK', [...port, ...limits]) };
}

/** A shell command that succeeds when MySQL greets: the fifth byte is the protocol's version. */
function greeting(address: string, port: number, timeout: number): string {
  return `/usr/bin/timeout ${timeout} /bin/bash -c 'head -c 5 </dev/tcp/${address}/${port} | tail -c 1 | od -An -tx1 | grep -q 0a'`;
}

function say({ type, rise, defaultDown }: Check, { scope }: Upstream, { ledger }: Job): void {
  const at = useIn(scope, 'check')?.directive;
  if (!at) return;
  const names = {
    tcp: 'TCP_CHECK',
    http: 'HTTP_GET',
    ssl_hello: 'SSL_GET, which asks for / as well',
    mysql: 'MISC_CHECK with a script',
  };
  if (Object.hasOwn(names, type)) ledger.mapped(at, names[type as keyof typeof names]);
  else ledger.approximated(at, 'TCP_CHECK: whether it takes connections, not what it says', 'type');
  if (rise > 1) ledger.approximated(at, 'a server is back after one success', 'rise');
  if (defaultDown) ledger.mapped(at, 'alpha', 'default_down');
}

/** What is asked for and what is expected, from `check_http_send` and `check_http_expect_alive`. */
function page({ scope }: Upstream, { model, ledger }: Job): readonly string[] {
  const { send, expectAlive } = model.settings.of(scope, httpUpstreamCheck);
  const request = display(send);
  const [, method = 'GET', path = '/'] = /^([A-Z]+) ([!-~]+) HTTP\//.exec(request) ?? [];
  const [, host] = /^host:[ \t]*([\w.:-]+)/im.exec(request) ?? [];
  const classes = expectAlive.length > 0 ? [...new Set(expectAlive.flat())].sort() : [2, 3];
  const [asked, expected] = [useIn(scope, 'check_http_send'), useIn(scope, 'check_http_expect_alive')];
  if (asked)
    ledger.approximated(
      asked.directive,
      `GET ${path}${method === 'GET' ? '' : `, not ${method}`}, with headers of keepalived's own`,
    );
  if (expected) ledger.mapped(expected.directive, 'status_code');
  const codes = classes.map((digit) => (digit < 10 ? `${digit}00-${digit}99` : `${digit}`)).join(' ');
  return block('url', [
    `path ${path.replace(/["#!\\]/g, '')}`,
    ...(host === undefined ? [] : [`virtualhost ${host}`]),
    `status_code ${codes}`,
  ]);
}

/** A block and what stands in it. */
export function block(head: string, lines: readonly string[]): readonly string[] {
  return [`${head} {`, ...lines.map((line) => (line === '' ? '' : `    ${line}`)), '}'];
}

function seconds(milliseconds: number): number {
  return Math.max(milliseconds / 1000, 0.001);
}
