import { display } from '../../base/source-text.ts';
import { retriesOf } from '../../model/failover.ts';
import { effectiveOne } from '../../model/inherited.ts';
import { type Pass, referencesOf } from '../../model/references.ts';
import { type Scope, type Use, useIn, usesIn } from '../../model/scope.ts';
import { streamServer } from '../../schema/contexts.ts';
import { type Listen, readListen } from '../../schema/values/listen.ts';
import { accessTerms } from './access.ts';
import { balanceOf } from './balance.ts';
import { checkingOf } from './check.ts';
import type { Job, Section } from './job.ts';
import { endpointOf, serverLines } from './server.ts';
import { nameFor, time, word } from './words.ts';

/** Each `server` of stream as a `listen` in mode tcp. */
export function streamListens(job: Job): readonly Section[] {
  const { root } = job.model;
  const streams = root.children.filter(({ directive }) => directive?.name === 'stream');
  const around = streams.length > 0 ? streams : [root];
  return around
    .flatMap(({ children }) => children.filter(({ context }) => context === streamServer))
    .flatMap((scope) => listenFor(job, scope));
}

const quiet = { name: 'listen', context: streamServer, lines: [], fail: () => undefined };

function listenFor(job: Job, scope: Scope): readonly Section[] {
  const { ledger } = job;
  const uses = usesIn(scope, 'listen');
  const tcp = uses.filter((use) => !saysUdp(job, use));
  const listens = tcp.flatMap(
    ({ directive }) =>
      readListen(
        directive.args.filter((word) => word !== 'udp'),
        quiet,
      ) ?? [],
  );
  for (const { directive } of tcp) ledger.mapped(directive, 'bind');
  const pass = referencesOf(job.model).passes.find((one) => one.scope === scope);
  const first = listens[0];
  if (!first) return [];
  if (scope.directive) ledger.mapped(scope.directive, 'a listen in mode tcp');
  const name = job.names.take(first.path === '' ? `tcp.${first.port}` : `tcp.${nameFor(first.path)}`);
  const lines = [
    'mode tcp',
    'option tcplog',
    ...listens.map((listen) => bindOf(job, scope, listen)),
    ...(pass ? passLines(job, pass) : unservedLines(job, scope)),
  ];
  return [{ kind: 'listen', name, lines }];
}

function saysUdp({ ledger }: Job, { directive }: Use): boolean {
  const udp = directive.args.includes('udp');
  if (udp) ledger.dropped(directive, 'HAProxy balances no datagrams', 'udp');
  return udp;
}

function unservedLines({ ledger }: Job, { uses, directive }: Scope): readonly string[] {
  const at = uses.find((use) => use.directive.name === 'return' || use.directive.name === 'pass')?.directive ?? directive;
  if (at) ledger.dropped(at, 'it passes connections nowhere: HAProxy closes them');
  return ['tcp-request connection reject'];
}

function bindOf(job: Job, scope: Scope, { host, port, path, parameters }: Listen): string {
  const address = path !== '' ? word(`unix@${path}`) : host === '0.0.0.0' ? `*:${port}` : endpointOf(host, `${port}`, port);
  const words = [
    `bind ${address}`,
    ...(host === '::' ? ['v6only'] : []),
    ...(parameters.includes('proxy_protocol') ? ['accept-proxy'] : []),
  ];
  if (!parameters.includes('ssl')) return words.join(' ');
  job.globals.usesTls = true;
  const certificates = usesIn(scope, 'ssl_certificate').map(({ directive }) => directive);
  for (const directive of [...certificates, ...usesIn(scope, 'ssl_certificate_key').map((use) => use.directive)])
    job.ledger.mapped(directive, 'crt; the key is looked for beside it, with .key at its end');
  return [...words, 'ssl', ...certificates.map(({ args }) => `crt ${word(args[0] ?? '')}`)].join(' ');
}

function passLines(job: Job, pass: Pass): readonly string[] {
  const { ledger } = job;
  const [upstream] = pass.upstreams;
  const target = pass.targets?.length === 1 ? pass.targets[0] : undefined;
  if (!target || pass.upstreams.length > 1) {
    ledger.dropped(pass.use.directive, 'where it passes to is known only when a connection comes: HAProxy closes it');
    return ['tcp-request connection reject'];
  }
  ledger.mapped(pass.use.directive, 'servers');
  const { connect, read, tries } = retriesOf(pass);
  const tls = tlsWords(job, pass.scope);
  const proxied = effectiveOne(pass.scope, 'proxy_protocol');
  const version = proxied?.directive.args[0];
  if (proxied) ledger.mapped(proxied.directive, 'send-proxy');
  const protocol = `${version === 'on' ? ' send-proxy' : version === 'v2' ? ' send-proxy-v2' : ''}${tls}`;
  for (const name of ['proxy_connect_timeout', 'proxy_timeout']) {
    const use = effectiveOne(pass.scope, name);
    if (use) ledger.mapped(use.directive, 'timeout connect, client, server');
  }
  const next = effectiveOne(pass.scope, 'proxy_next_upstream');
  if (next) ledger.mapped(next.directive, 'retries');
  const limit = useIn(pass.scope, 'proxy_next_upstream_tries');
  if (limit) ledger.mapped(limit.directive, 'retries');
  const usable = upstream?.servers.filter(({ down }) => !down).length ?? 1;
  const retries = next?.directive.args[0] === 'off' ? 0 : Math.max(0, Math.min(usable, tries || usable) - 1);
  const times = [`timeout connect ${time(connect)}`, `timeout client ${time(read)}`, `timeout server ${time(read)}`];
  const addresses = accessTerms(job, pass.scope).map(
    (terms) => `tcp-request connection reject${terms === '' ? '' : ` if ${terms}`}`,
  );
  const common = [...times, `retries ${retries}`, ...(retries > 0 ? ['option redispatch 1'] : []), ...addresses];
  if (!upstream)
    return [
      ...common,
      'default-server init-addr libc,none',
      `server ${nameFor(display(target.host))} ${endpointOf(target.host, target.port, 80)}${protocol}`,
    ];
  ledger.mapped(upstream.use.directive, 'servers of a listen');
  const balance = balanceOf(job, upstream);
  const checking = checkingOf(job, upstream, pass);
  const backups = upstream.servers.filter(({ backup }) => backup).length;
  return [
    ...balance.lines,
    ...(backups > 1 ? ['option allbackups'] : []),
    ...checking.lines,
    ...common,
    ...serverLines(job, upstream, { checking: checking.parameters, hasCookie: false, protocol, tracked: undefined }),
  ];
}

function tlsWords({ ledger }: Job, scope: Scope): string {
  const use = effectiveOne(scope, 'proxy_ssl');
  if (!use) return '';
  ledger.mapped(use.directive, 'ssl on the server lines');
  if (use.directive.args[0] !== 'on') return '';
  const verify = effectiveOne(scope, 'proxy_ssl_verify');
  const file = effectiveOne(scope, 'proxy_ssl_trusted_certificate');
  for (const one of [verify, file]) if (one) ledger.mapped(one.directive, 'ssl on the server lines');
  return verify?.directive.args[0] === 'on' && file
    ? ` ssl verify required ca-file ${word(file.directive.args[0] ?? '')}`
    : ' ssl verify none';
}
