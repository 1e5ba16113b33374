import { isInternal } from '../../model/access.ts';
import { type Address, addressOf, inLowerCase } from '../../model/address.ts';
import { retriesOf } from '../../model/failover.ts';
import { effectiveOne } from '../../model/inherited.ts';
import { mapBlock } from '../../model/map-blocks.ts';
import type { Pass, Upstream } from '../../model/references.ts';
import { referencesOf } from '../../model/references.ts';
import type { Route, Site } from '../../model/routes/sites.ts';
import { type Scope, type Use, useIn } from '../../model/scope.ts';
import { parseSize } from '../../schema/values/size.ts';
import { accessRules, denyAll } from './access.ts';
import { balanceOf } from './balance.ts';
import { checkingOf } from './check.ts';
import type { Around } from './expression.ts';
import { fastcgiLines } from './fastcgi.ts';
import { responseHeaders } from './headers.ts';
import { isSince, type Job } from './job.ts';
import { mapSamples } from './map.ts';
import { proxyLines } from './proxy.ts';
import { rewritingOf, slashRule } from './rewrite.ts';
import { endpointOf, serverLines, tlsOf } from './server.ts';
import { nameFor, time, word } from './words.ts';

/** Where a way through a server's locations ends: a location, or the server itself. */
export interface Content {
  readonly site: Site;
  readonly route: Route | null;
  readonly slash: boolean;
}

/** A backend, and what must hold besides for requests to go there. */
export interface Choice {
  readonly backend: string;
  readonly terms: readonly string[];
}

/** The backends that answer for a location: one, or one for each value of a map; equal ones are written once. */
export function backendsFor(job: Job, content: Content): readonly Choice[] {
  const answer = backendOf(job, content);
  return typeof answer === 'string' ? [{ backend: answer, terms: [] }] : answer;
}

function backendOf(job: Job, content: Content): string | readonly Choice[] {
  const { site, route, slash } = content;
  const scope = route?.scope ?? site.scope;
  const around = aroundOf(job, content);
  const place = placeName(content);
  if (slash && route) return written(job, `${place}.slash`, [slashRule(scope, route.name)]);
  const early = rewritingOf(job, site.scope, { ...around, scope: site.scope, groups: undefined });
  if (early.ends) return written(job, place, [...early.rules, ...responseHeaders(job, scope, around)]);
  if (isInternal(scope)) {
    for (const use of scope.uses)
      if (use.directive.name === 'internal') job.ledger.mapped(use.directive, 'clients are answered 404');
    return written(job, place, ['http-request return status 404']);
  }
  const late = route ? rewritingOf(job, scope, around) : { rules: [], ends: false };
  const rules = [...early.rules, ...bodyRule(job, scope), ...late.rules];
  if (late.ends) return written(job, place, [...rules, ...responseHeaders(job, scope, around)]);
  const guarded = [...rules, ...accessRules(job, scope, around)];
  const answers = responseHeaders(job, scope, around);
  const pass = job.passes.get(scope);
  if (pass) return passBackends(job, { pass, route, around, rules: guarded, answers, place });
  const denied = guarded.includes(denyAll);
  return written(job, place, [...guarded, ...(denied ? [] : [unservedRule(job, site, scope)]), ...answers]);
}

/** What a backend that is no upstream's is called: by host and location. */
function placeName({ site, route }: Content): string {
  const host = site.names.find((name) => !/^$|^~/.test(name))?.replace(/^[*]?[.]|[.][*]$/, '') ?? 'server';
  const path = route?.name.replace(/[^\w.]+/g, '-').replace(/^-|-$/g, '') ?? '';
  return nameFor(path === '' ? host : `${host}-${path}`);
}

/** Values are read with the location's groups, and the variables that `map` and `set` define. */
function aroundOf(job: Job, { site, route }: Content): Around {
  const own = new Map(mapSamples(job.model));
  const scope = route?.scope ?? site.scope;
  for (const at of [site.scope, ...(route ? [route.scope] : [])])
    for (const name of setNames(at)) own.set(name, `var(txn.set_${name})`);
  const groups =
    route?.kind === 'regex' ? { pattern: route.name, caseless: route.caseless, subject: 'var(txn.path)' } : undefined;
  return { scope, own, groups };
}

function setNames({ uses }: Scope): readonly string[] {
  return uses.flatMap(({ directive, opened }) => {
    if (directive.name === 'set') return [(directive.args[0] ?? '').slice(1).toLowerCase()];
    return directive.name === 'if' && opened ? setNames(opened) : [];
  });
}

/** `client_max_body_size`, 1m by default: of a body whose length is not said, nothing is known in advance. */
function bodyRule(job: Job, scope: Scope): readonly string[] {
  const use = effectiveOne(scope, 'client_max_body_size');
  const most = parseSize(use?.directive.args[0] ?? '1m') ?? 0;
  if (use && most > 0)
    job.ledger.approximated(use.directive, 'http-request deny by Content-Length; chunked bodies are not counted');
  else if (use) job.ledger.mapped(use.directive, 'bodies have no limit');
  return most === 0 ? [] : [`http-request deny deny_status 413 if { req.hdr_val(content-length) gt ${most} }`];
}

/** What HAProxy cannot answer: files, and what other modules make. */
function unservedRule({ ledger }: Job, site: Site, scope: Scope): string {
  const use = contentUse(scope);
  const fallback = scope.directive ?? site.at;
  const said = 'HAProxy serves no files: such requests are answered 501';
  if (use)
    ledger.dropped(
      use.directive,
      use.directive.name === 'root' || use.directive.name === 'alias'
        ? said
        : 'HAProxy has no such answer: such requests are answered 501',
    );
  else if (fallback) ledger.dropped(fallback, said, 'files');
  return 'http-request return status 501';
}

const contents = [
  'uwsgi_pass',
  'scgi_pass',
  'grpc_pass',
  'memcached_pass',
  'check_status',
  'stub_status',
  'empty_gif',
  'echo',
  'content_by_lua_block',
  'js_content',
  'autoindex',
];

function contentUse(scope: Scope): Use | undefined {
  for (const name of contents) {
    const use = useIn(scope, name);
    if (use && use.directive.args[0] !== 'off') return use;
  }
  return effectiveOne(scope, 'alias') ?? effectiveOne(scope, 'root');
}

interface Passing {
  readonly pass: Pass;
  readonly route: Route | null;
  readonly around: Around;
  readonly rules: readonly string[];
  readonly answers: readonly string[];
  readonly place: string;
}

function passBackends(job: Job, passing: Passing): string | readonly Choice[] {
  const { pass, rules, answers, place } = passing;
  const { directive } = pass.use;
  const where = targetOf(job, pass);
  if (where) return passBackend(job, passing, where);
  const [, variable = '', rest = ''] = /^https?:\/\/\$\{?(\w+)\}?(\/[^$]*)?$/i.exec(directive.args[0] ?? '') ?? [];
  const values = mapValues(job, variable);
  const nowhere = () => written(job, place, [...rules, 'http-request return status 503', ...answers]);
  if (values === undefined || rest !== '' || pass.protocol !== 'proxy') {
    job.ledger.dropped(directive, 'where it passes to is known only when a request comes: such requests are answered 503');
    return nowhere();
  }
  const choices = values.map((value) => ({
    backend: passBackend(job, passing, targetNamed(job, `http://${value}`)),
    terms: [`{ var(txn.map_${variable.toLowerCase()}) -m str -- ${word(value)} }`],
  }));
  return [...choices, { backend: nowhere(), terms: [] }];
}

/** The values of a map, when all of them are known. */
function mapValues({ model }: Job, variable: string): readonly string[] | undefined {
  const lines = mapBlock(model, `$${variable}`)?.directive.children?.filter(({ args }) => args.length > 0);
  if (!lines || lines.some(({ name, args: [value = ''] }) => name === 'include' || /[$/]|^$/.test(value))) return undefined;
  return [...new Set(lines.map(({ args: [value = ''] }) => value))];
}

function passBackend(job: Job, passing: Passing, { target, upstream }: Target): string {
  const { pass, rules, answers, place } = passing;
  if (!/^(?:proxy|fastcgi|grpc)$/.test(pass.protocol)) {
    job.ledger.dropped(pass.use.directive, `HAProxy speaks no ${pass.protocol}: such requests are answered 503`);
    return written(job, place, [...rules, 'http-request return status 503', ...answers]);
  }
  const content = pass.protocol === 'fastcgi' ? fastcgiLines(job, passing.around, pass) : proxyLines(job, passing, target);
  const name = upstream ? upstream.name : `${target.host.replace(/^unix:/, '')}${target.port === '' ? '' : `:${target.port}`}`;
  const lines = (first: string | undefined) => [
    ...(upstream
      ? upstreamLines(job, upstream, pass, { first, protocol: content.protocol })
      : lonelyLines(job, pass, content.protocol, target)),
    ...timeLines(job, pass),
    ...(pass.protocol === 'proxy' ? retryLines(job, pass, upstream) : ['retries 0']),
    ...content.settings,
    ...rules,
    ...content.rules,
    ...answers,
  ];
  return written(job, name, lines(undefined), upstream && ((first) => lines(first)));
}

/** Where requests are passed to. */
interface Target {
  readonly target: Address;
  readonly upstream: Upstream | undefined;
}

/** Where a pass leads when that is one place; a path that is a variable (`http://webs$request_uri`) does not matter. */
function targetOf(job: Job, { targets, upstreams, use }: Pass): Target | undefined {
  const [target, second] = targets ?? [];
  if (target && !second && upstreams.length < 2) return { target, upstream: upstreams[0] };
  const [, authority] = /^(https?:\/\/[^/$]+)\$\{?(?:request_uri|uri|document_uri)\b/i.exec(use.directive.args[0] ?? '') ?? [];
  return authority === undefined ? undefined : targetNamed(job, authority);
}

function targetNamed({ model }: Job, text: string): Target {
  const target = addressOf(text);
  const isNamed = ({ inStream, name }: Upstream) => !inStream && inLowerCase(name) === target.host && target.port === '';
  return { target, upstream: referencesOf(model).upstreams.find(isNamed) };
}

/** Writes a backend unless the same is there; a second one over the same servers follows the first one's checks. */
function written(job: Job, name: string, lines: readonly string[], again?: (first: string) => readonly string[]): string {
  const text = ordered(reachable(lines));
  const same = job.bodies.get(text.join('\n'));
  if (same !== undefined) return same;
  const first = nameFor(name);
  const follows =
    again !== undefined && job.names.has(first) && text.some((line) => line.startsWith('server ') && line.includes(' check '));
  const own = follows ? ordered(reachable(again(first))) : text;
  const tracked = job.bodies.get(own.join('\n'));
  if (tracked !== undefined) return tracked;
  const taken = job.names.take(name);
  job.backends.push({ kind: 'backend', name: taken, lines: own });
  job.bodies.set(own.join('\n'), taken);
  return taken;
}

/** Without what stands behind a rule that ends every request. */
function reachable(lines: readonly string[]): readonly string[] {
  const end = lines.findIndex((line) => /^http-request (?:deny|return|redirect|reject)\b/.test(line) && !/ if [!{\w]/.test(line));
  return end < 0 ? lines : lines.filter((line, index) => index <= end || !line.startsWith('http-request '));
}

/** Settings first, then rules, then servers, as HAProxy's manual has them; rules keep their order. */
function ordered(lines: readonly string[]): readonly string[] {
  const rank = (line: string) =>
    /^(?:default-server|server) /.test(line) ? 2 : /^http-(?:request|response|after-response) /.test(line) ? 1 : 0;
  return [0, 1, 2].flatMap((wanted) => lines.filter((line) => rank(line) === wanted));
}

function upstreamLines(
  job: Job,
  upstream: Upstream,
  pass: Pass,
  { first, protocol }: { first: string | undefined; protocol: string },
): readonly string[] {
  const { ledger } = job;
  ledger.mapped(upstream.use.directive, 'a backend');
  if (first !== undefined)
    ledger.approximated(
      upstream.use.directive,
      'a backend for each set of rules: connections and turns are counted in each',
      'split',
    );
  const balance = balanceOf(job, upstream);
  const checking = checkingOf(job, upstream, pass);
  const backups = upstream.servers.filter(({ backup }) => backup);
  const keepalive = useIn(upstream.scope, 'keepalive');
  if (keepalive) ledger.approximated(keepalive.directive, 'http-reuse safe; HAProxy keeps connections by its own measure');
  const tls = tlsOf(job, pass, upstream.name);
  return [
    ...balance.lines,
    ...(backups.length > 1 ? ['option allbackups'] : []),
    ...(first === undefined ? checking.lines : []),
    ...(keepalive ? ['http-reuse safe'] : []),
    ...serverLines(job, upstream, {
      checking: checking.parameters,
      hasCookie: balance.hasCookie,
      protocol: protocol + tls,
      tracked: first,
    }),
  ];
}

function lonelyLines(
  job: Job,
  pass: Pass,
  protocol: string,
  { host, port, scheme }: NonNullable<Pass['targets']>[number],
): readonly string[] {
  const isName = !/^unix:|^[\d.]+$|:/.test(host);
  if (isName)
    job.ledger.approximated(
      pass.use.directive,
      'a name that cannot be resolved at the start leaves the server down, where nginx would not start',
      'name',
    );
  const tls = tlsOf(job, pass, host);
  const address = endpointOf(host, port, scheme === 'https' ? 443 : 80);
  return [...(isName ? ['default-server init-addr libc,none'] : []), `server ${nameFor(host)} ${address}${protocol}${tls}`];
}

function timeLines(job: Job, pass: Pass): readonly string[] {
  const { connect, read } = retriesOf(pass);
  const lines: string[] = [];
  const say = (suffix: string, said: string, approximate = false) => {
    const use = effectiveOne(pass.scope, `${pass.protocol}_${suffix}`);
    if (use && approximate) job.ledger.approximated(use.directive, said);
    else if (use) job.ledger.mapped(use.directive, said);
    return use;
  };
  if (say('connect_timeout', 'timeout connect')) lines.push(`timeout connect ${time(connect)}`);
  if (say('read_timeout', 'timeout server, and timeout tunnel for upgraded connections'))
    lines.push(`timeout server ${time(read)}`);
  say('send_timeout', 'timeout server is for both directions: the read timeout is written', true);
  const upgrades =
    effectiveOne(pass.scope, 'proxy_set_header') !== undefined &&
    pass.protocol === 'proxy' &&
    lines.some((line) => line.startsWith('timeout server'));
  return upgrades ? [...lines, `timeout tunnel ${time(read)}`] : lines;
}

const reasonWords: Readonly<Record<string, string>> = {
  error: 'conn-failure empty-response',
  timeout: 'response-timeout',
  invalid_header: 'junk-response',
  http_403: '403',
  http_404: '404',
  http_500: '500',
  http_502: '502',
  http_503: '503',
  http_504: '504',
};

/** `proxy_next_upstream`: each server gets one try, none where requests may not be sent twice. */
function retryLines(job: Job, pass: Pass, upstream: Upstream | undefined): readonly string[] {
  const { reasons, tries, timeout } = retriesOf(pass);
  const use = effectiveOne(pass.scope, 'proxy_next_upstream');
  const limit = effectiveOne(pass.scope, 'proxy_next_upstream_tries');
  const total = effectiveOne(pass.scope, 'proxy_next_upstream_timeout');
  const usable = upstream?.servers.filter(({ down }) => !down).length ?? 1;
  const most = tries > 0 ? Math.min(tries, usable) : usable;
  if (limit) job.ledger.mapped(limit.directive, 'retries');
  if (total && timeout > 0) job.ledger.dropped(total.directive, 'HAProxy limits each try, not all together');
  if (reasons.has('off') || most < 2) {
    if (use) job.ledger.mapped(use.directive, 'retries 0');
    return ['retries 0'];
  }
  if (reasons.has('http_429') && use && !isSince(job, '2.7'))
    job.ledger.dropped(use.directive, 'HAProxy tries no other server after 429 before 2.7', 'http_429');
  const words = [...reasons].flatMap((reason) =>
    reason === 'http_429' && isSince(job, '2.7') ? ['429'] : (reasonWords[reason] ?? []),
  );
  const said = 'retry-on, and redispatch to another server; only requests that fit the buffer are sent again';
  if (use) job.ledger.approximated(use.directive, said);
  return [
    `retries ${most - 1}`,
    'option redispatch 1',
    ...(words.length > 0 ? [`retry-on ${words.join(' ')}`] : []),
    ...(reasons.has('non_idempotent') ? [] : ['http-request disable-l7-retry if { method POST LOCK PATCH }']),
  ];
}

/** Backends for the upstreams of a fragment that has nobody who passes to them. */
export function loneUpstreams(job: Job): void {
  for (const upstream of referencesOf(job.model).upstreams) {
    const balance = balanceOf(job, upstream);
    const checking = checkingOf(job, upstream, undefined);
    job.ledger.mapped(upstream.use.directive, 'a backend');
    const backups = upstream.servers.filter(({ backup }) => backup);
    const servers = serverLines(job, upstream, {
      checking: checking.parameters,
      hasCookie: balance.hasCookie,
      protocol: '',
      tracked: undefined,
    });
    written(job, upstream.name, [
      ...(upstream.inStream ? ['mode tcp'] : []),
      ...balance.lines,
      ...(backups.length > 1 ? ['option allbackups'] : []),
      ...checking.lines,
      ...servers,
    ]);
  }
}
