import { retriesOf } from '../../model/failover.ts';
import { checkOf } from '../../model/health-check.ts';
import type { Pass, Upstream } from '../../model/references.ts';
import { type Scope, type Use, useIn, usesIn, usesNamed } from '../../model/scope.ts';
import { parametersOf, valueOf } from '../../model/server-parameters.ts';
import { httpUpstreamCheck } from '../../modules/extra/upstream_check/directives.ts';
import type { Check } from '../../modules/extra/upstream_check/settings.ts';
import { parseTime } from '../../schema/values/time.ts';
import { startsDown } from './balance.ts';
import type { Job } from './job.ts';
import { time, word } from './words.ts';

/** How a backend finds out which of its servers are well. */
export interface Checking {
  /** Lines of the backend. */
  readonly lines: readonly string[];
  /** For every server line; '' where nothing checks. */
  readonly parameters: string;
}

const unchecked: Checking = { lines: [], parameters: '' };

/** Active checks (`check`, `health_check`) and passive ones (`max_fails`) of an upstream. */
export function checkingOf(job: Job, upstream: Upstream, pass: Pass | undefined): Checking {
  const check = checkOf(job.model, upstream);
  const use = useIn(upstream.scope, 'check');
  const passive = passiveParameters(job, upstream, pass);
  if (check && use) {
    const { lines, parameters } = activeCheck(job, upstream.scope, use, check);
    return { lines, parameters: join(parameters, passive) };
  }
  const health = pass && useIn(pass.scope, 'health_check');
  if (health) {
    const { lines, parameters } = healthCheck(job, health);
    return { lines, parameters: join(parameters, passive) };
  }
  return passive === ''
    ? unchecked
    : { lines: [], parameters: join(`check inter ${time(longestPause(upstream))} rise 1 fall 1`, passive) };
}

function join(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

/** Milliseconds for which a server that failed stays out. */
function longestPause({ servers }: Upstream): number {
  return Math.max(...servers.map((server) => parametersOf(server).failTimeout), 1) * 1000;
}

/** A lone server is asked whatever happened (ngx_http_upstream_get_round_robin_peer); with `max_fails=0` nobody counts. */
function passiveParameters({ ledger }: Job, upstream: Upstream, pass: Pass | undefined): string {
  const usable = upstream.servers.filter(({ down }) => !down);
  const written = upstream.servers.filter(
    (server) => valueOf(server, 'max_fails') !== undefined || valueOf(server, 'fail_timeout') !== undefined,
  );
  if (usable.length < 2) {
    for (const { use } of written) ledger.moot(use.directive, 'a lone server is never taken out', 'max_fails');
    return '';
  }
  const limits = usable.map((server) => parametersOf(server).maxFails).filter((limit) => limit > 0);
  if (limits.length === 0) {
    for (const { use } of written) ledger.mapped(use.directive, 'nothing observes the servers', 'max_fails');
    return '';
  }
  const layer =
    pass && !pass.inStream && [...retriesOf(pass).reasons].some((reason) => /^http_5/.test(reason)) ? 'layer7' : 'layer4';
  const said = `observe ${layer}: failures in a row count, and a connection test brings the server back, not the next request`;
  for (const { use } of written) ledger.approximated(use.directive, said, 'max_fails');
  if (written.length === 0)
    ledger.approximated(upstream.use.directive, `max_fails=1 fail_timeout=10s by default is ${said}`, 'max_fails');
  return `observe ${layer} error-limit ${Math.max(...limits)} on-error mark-down`;
}

function activeCheck(job: Job, scope: Scope, use: Use, check: Check): Checking {
  const { ledger } = job;
  const { interval, timeout, rise, fall, port, defaultDown, type } = check;
  const port_ = port === 0 ? '' : `port ${port}`;
  ledger.mapped(use.directive, `check inter ${time(interval)} rise ${rise} fall ${fall}`);
  const down = startsDown(job);
  if (defaultDown && down === undefined)
    ledger.approximated(
      use.directive,
      'default_down: until the first check servers count as up; init-state came with 3.1',
      'default_down',
    );
  const parameters = join(`check inter ${time(interval)} rise ${rise} fall ${fall}`, port_, defaultDown ? (down ?? '') : '');
  return { lines: [...kindLines(job, scope, use, type), `timeout check ${time(timeout)}`], parameters };
}

function kindLines(job: Job, scope: Scope, use: Use, type: Check['type']): readonly string[] {
  if (type === 'tcp') return [];
  if (type === 'ssl_hello') return ['option ssl-hello-chk'];
  if (type === 'mysql') return ['option mysql-check'];
  if (type === 'http') return httpLines(job, scope, use);
  job.ledger.approximated(use.directive, `type=${type}: HAProxy speaks no ${type} in checks; a connection has to do`, 'type');
  return [];
}

function httpLines({ ledger, model }: Job, scope: Scope, use: Use): readonly string[] {
  const { send, expectAlive } = model.settings.of(scope, httpUpstreamCheck);
  const written = useIn(scope, 'check_http_send')?.directive ?? use.directive;
  const classes = expectAlive.length === 0 ? [2, 3] : [...new Set(expectAlive.flat())].sort();
  const expect = `http-check expect rstatus ^[${classes.join('')}]`;
  for (const line of usesIn(scope, 'check_http_expect_alive')) ledger.mapped(line.directive, expect);
  const request = /^([A-Z]+) (\S+) (HTTP\/[\d.]+)\r?\n((?:[^\r\n:]+:[^\r\n]*\r?\n)*)\r?\n$/.exec(send);
  if (request) {
    const [, method = '', uri = '', version = '', fields = ''] = request;
    const headers = [...fields.matchAll(/^([^:\r\n]+):[ \t]*([^\r\n]*)\r?$/gm)].filter(
      ([, name]) => !/^connection$/i.test(name ?? ''),
    );
    const line = join(
      `http-check send meth ${method} uri ${word(uri)} ver ${version}`,
      ...headers.map(([, name = '', value = '']) => `hdr ${word(name)} ${word(value)}`),
    );
    ledger.mapped(written, line);
    return ['option httpchk', line, expect];
  }
  ledger.approximated(written, 'sent as it is by tcp-check, for it is no whole request');
  return [
    'option tcp-check',
    `tcp-check send-binary ${hexOf(send)}`,
    `tcp-check expect rstring ${word(`^HTTP/1\\.[01] [${classes.join('')}]`)}`,
  ];
}

/** `health_check` of commercial nginx. */
function healthCheck(job: Job, { directive }: Use): Checking {
  const { ledger } = job;
  const values = new Map(directive.args.map((word) => [word.replace(/=.*/s, ''), word.replace(/^[^=]*=?/s, '')]));
  const interval = parseTime(values.get('interval') ?? '') ?? 5000;
  const [fall, rise] = [values.get('fails') ?? '1', values.get('passes') ?? '1'];
  const port = values.get('port');
  for (const key of ['persistent', 'type', 'keepalive_time'])
    if (values.has(key)) ledger.dropped(directive, `HAProxy's checks have no ${key}`, key);
  if (values.has('jitter')) ledger.moot(directive, 'HAProxy spreads checks itself', 'jitter');
  const down = startsDown(job);
  if (values.has('mandatory') && down === undefined)
    ledger.approximated(directive, 'mandatory: until the first check servers count as up; init-state came with 3.1', 'mandatory');
  const http = [
    'option httpchk',
    `http-check send meth GET uri ${word(values.get('uri') ?? '/')} ver HTTP/1.1 hdr Host localhost`,
  ];
  ledger.mapped(directive, `option httpchk, inter ${time(interval)} rise ${rise} fall ${fall}`);
  return {
    lines: [...http, ...matchLines(job, values.get('match'))],
    parameters: join(
      `check inter ${time(interval)} rise ${rise} fall ${fall}`,
      port ? `port ${port}` : '',
      values.has('mandatory') ? (down ?? '') : '',
    ),
  };
}

/** What an answer must be like: a `match` block, or 2xx and 3xx. */
function matchLines({ ledger, model }: Job, name: string | undefined): readonly string[] {
  const block = usesNamed(model.root, ['match']).find(({ directive }) => directive.args[0] === name);
  if (!block) return ['http-check expect rstatus ^[23]'];
  const lines: string[] = [];
  for (const line of block.directive.children ?? []) {
    const [first = '', ...rest] = line.args;
    if (line.name === 'status' && first !== '!') lines.push(`http-check expect status ${line.args.join(',')}`);
    else if (line.name === 'status') lines.push(`http-check expect ! status ${rest.join(',')}`);
    else if (line.name === 'body' && first === '~') lines.push(`http-check expect rstring ${word(rest[0] ?? '')}`);
    else if (line.name === 'body' && first === '!~') lines.push(`http-check expect ! rstring ${word(rest[0] ?? '')}`);
    else ledger.droppedLine(line, 'answers to checks are not asked for it');
  }
  ledger.mapped(block.directive, 'http-check expect');
  return lines;
}

function hexOf(bytes: string): string {
  return [...bytes].map((char) => char.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}
