import type { ConfigDirective } from '../../config/config-tree.ts';
import { effectiveOne } from '../../model/inherited.ts';
import { defaultServerOf, type ListenGroup } from '../../model/routes/listen-groups.ts';
import { type Site, sitesOf } from '../../model/routes/sites.ts';
import { isTls, sitesAt } from '../../model/routes/tls-sites.ts';
import { portBehind } from '../../model/routes/visit-state.ts';
import { usesIn } from '../../model/scope.ts';
import { parseTime } from '../../schema/values/time.ts';
import { backendsFor } from './backend.ts';
import { bindLine } from './bind.ts';
import { hostAcl, hostGroups } from './hosts.ts';
import type { Job, Section } from './job.ts';
import { pathTerm, waysOf } from './locations.ts';
import { mapRules } from './map.ts';
import { Names, nameFor, time } from './words.ts';

/** Frontends for the addresses of http; addresses with the same servers behind the same port share one. */
export function frontends(job: Job): readonly Section[] {
  const { groups } = sitesOf(job.model);
  const alike = new Map<string, ListenGroup<Site>[]>();
  const numbers = new Map<Site, number>(sitesOf(job.model).all.map((site, index) => [site, index]));
  for (const group of groups) {
    if (group.key.startsWith('udp ')) {
      sayQuic(job, group);
      continue;
    }
    const first = group.lines[0]?.listen;
    const servers = sitesAt(group)
      .map((site) => numbers.get(site))
      .join(' ');
    const key = [
      servers,
      numbers.get(defaultServerOf(group) as Site),
      isTls(group),
      first?.path === '' ? first.port : group.key,
    ].join('|');
    alike.set(key, [...(alike.get(key) ?? []), group]);
  }
  return [...alike.values()].map((own) => frontend(job, own));
}

function sayQuic({ ledger }: Job, { lines }: ListenGroup<Site>): void {
  for (const { server } of lines) {
    for (const { directive } of usesIn(server.scope, 'listen'))
      if (directive.args.includes('quic'))
        ledger.dropped(directive, "HAProxy's QUIC is experimental: HTTP/3 is not offered", 'quic');
  }
}

function frontend(job: Job, groups: readonly ListenGroup<Site>[]): Section {
  const [group] = groups as [ListenGroup<Site>];
  const tls = isTls(group);
  const { port = 80, path = '' } = group.lines[0]?.listen ?? {};
  const name = job.names.take(path === '' ? `${tls ? 'https' : 'http'}.${port}` : `http.${nameFor(path)}`);
  const binds = groups.map((one) => bindLine(job, one, tls));
  const routing = routingLines(job, group);
  const backends = new Set(routing.map((line) => /^(?:use|default)_backend (\S+)/.exec(line)?.[1]));
  const text = [...routing, ...job.backends.filter((one) => backends.has(one.name)).flatMap(({ lines }) => lines)].join('\n');
  const fallback = defaultServerOf(group);
  const preamble = fallback ? preambleLines(job, fallback, { text, tls, port }) : [];
  return { kind: 'frontend', name, lines: [...binds, ...(fallback ? clientLines(job, fallback) : []), ...preamble, ...routing] };
}

/** ACLs for hosts, then for each server its locations: the first line that fits decides. */
function routingLines(job: Job, group: ListenGroup<Site>): readonly string[] {
  const acls: string[] = [];
  const uses: string[] = [];
  const taken = new Names();
  const hosts = hostGroups(group);
  sayServers(job, group);
  for (const host of hosts) {
    const { site, names } = host;
    const acl = names.length === 0 ? '' : taken.take(`host_${nameFor(host.names[0]?.text ?? '').replace(/^[.]/, '')}`);
    if (acl !== '') acls.push(...hostAcl(acl, host));
    for (const { tests, route, slash } of waysOf(site)) {
      for (let at = route; at; at = at.outer) job.ledger.mapped(at.at, 'conditions on the path');
      const own = [...(acl === '' ? [] : [acl]), ...tests.map(pathTerm)];
      for (const { backend, terms } of backendsFor(job, { site, route, slash })) {
        const all = [...own, ...terms];
        uses.push(all.length === 0 ? `default_backend ${backend}` : `use_backend ${backend} if ${all.join(' ')}`);
      }
    }
  }
  return [...acls, ...uses];
}

function sayServers({ ledger }: Job, group: ListenGroup<Site>): void {
  for (const { scope, at, named } of sitesAt(group)) {
    if (at) ledger.mapped(at, 'a frontend and its backends');
    for (const { directive } of usesIn(scope, 'server_name')) ledger.mapped(directive, 'conditions on the host');
    for (const route of named.values()) ledger.dropped(route.at, 'nothing goes on to a named location there');
  }
}

interface Needs {
  readonly text: string;
  readonly tls: boolean;
  readonly port: number;
}

/** What the lines behind it name: the host without port, the path as nginx reads it, the beginning of redirects, maps. */
function preambleLines(job: Job, fallback: Site, { text, tls, port }: Needs): readonly string[] {
  const maps = mapRules(job, text).flatMap(({ rules }) => rules);
  const all = [text, ...maps].join('\n');
  const base = all.includes('txn.base');
  return [
    ...(base || all.includes('txn.host') ? ['http-request set-var(txn.host) req.hdr(host),host_only,lower,regsub([.]$,)'] : []),
    ...(base
      ? [`http-request set-var-fmt(txn.base) ${tls ? 'https' : 'http'}://%[var(txn.host)]${portIn(fallback, tls, port)}`]
      : []),
    ...(/txn\.(?:uri|path)/.test(all) ? normalising(job, fallback) : []),
    ...maps,
  ];
}

function portIn({ scope }: Site, tls: boolean, port: number): string {
  if (effectiveOne(scope, 'port_in_redirect')?.directive.args[0] === 'off') return '';
  return portBehind(tls ? 'https' : 'http', port);
}

/** ngx_http_parse_complex_uri: escaped dots and slashes count, slashes are merged, dots taken out; the path itself stays as it came. */
function normalising(job: Job, { scope }: Site): readonly string[] {
  job.globals.normalises = true;
  const merges = effectiveOne(scope, 'merge_slashes')?.directive.args[0] !== 'off';
  return [
    'http-request set-var(txn.raw) path',
    'http-request set-path %[path,regsub(%2[fF],/,g)]',
    'http-request normalize-uri percent-decode-unreserved',
    ...(merges ? ['http-request normalize-uri path-merge-slashes'] : []),
    'http-request normalize-uri path-strip-dot',
    'http-request normalize-uri path-strip-dotdot',
    "http-request deny deny_status 400 if { path_reg '^/[.][.](/|$)' }",
    'http-request set-var(txn.path) path',
    'http-request set-var(txn.uri) path,url_dec',
    'http-request set-path %[var(txn.raw)]',
  ];
}

/** Time-outs of clients: those of the default server, which is all nginx knows before the Host. */
function clientLines({ ledger }: Job, { scope }: Site): readonly string[] {
  const said = (name: string): ConfigDirective | undefined => effectiveOne(scope, name)?.directive;
  const lines: string[] = [];
  for (const [name, line] of [
    ['client_header_timeout', 'timeout http-request'],
    ['client_body_timeout', 'timeout client'],
    ['keepalive_timeout', 'timeout http-keep-alive'],
  ] as const) {
    const directive = said(name);
    const milliseconds = directive && parseTime(directive.args[0] ?? '');
    if (!directive || milliseconds === undefined) continue;
    ledger.mapped(directive, line);
    if (name === 'keepalive_timeout' && milliseconds === 0) lines.push('option httpclose');
    else lines.push(`${line} ${time(Math.max(1, milliseconds))}`);
  }
  const send = said('send_timeout');
  if (send) ledger.approximated(send, 'timeout client is for both directions: that of client_body_timeout is written');
  return lines;
}
