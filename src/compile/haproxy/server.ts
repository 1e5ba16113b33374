import { isIp, isUnix } from '../../model/address.ts';
import { effectiveOne } from '../../model/inherited.ts';
import type { Pass, Upstream, UpstreamServer } from '../../model/references.ts';
import { parametersOf, valueOf } from '../../model/server-parameters.ts';
import { slowStart } from './balance.ts';
import { textOf } from './expression.ts';
import type { Job } from './job.ts';
import { argument, Names, word } from './words.ts';

/** What all servers of a backend have in common. */
export interface ServerTraits {
  /** Parameters for checks; '' where nothing checks. */
  readonly checking: string;
  readonly hasCookie: boolean;
  /** ` ssl …`, ` proto fcgi`, with a blank in front, or ''. */
  readonly protocol: string;
  /** The backend that checks the same servers already: their states are followed. */
  readonly tracked: string | undefined;
}

/** The greatest weight there is. */
const heaviest = 256;

/** The `server` lines of an upstream. */
export function serverLines(job: Job, upstream: Upstream, traits: ServerTraits): readonly string[] {
  const names = new Names();
  const most = Math.max(...upstream.servers.map((server) => parametersOf(server).weight));
  const lines = upstream.servers.map((server) => serverLine(job, server, names, most > heaviest ? heaviest / most : 1, traits));
  const needsNames = upstream.servers.some(({ address }) => !isIp(address.host) && !isUnix(address.host));
  return [...(needsNames ? ['default-server init-addr libc,none'] : []), ...lines];
}

function serverLine(job: Job, server: UpstreamServer, names: Names, scale: number, traits: ServerTraits): string {
  const { directive } = server.use;
  const { weight, maxConns } = parametersOf(server);
  const scaled = Math.max(1, Math.round(weight * scale));
  if (scale < 1) job.ledger.approximated(directive, `weight ${weight} of at most ${heaviest} is ${scaled}`, 'weight');
  if (maxConns > 0)
    job.ledger.approximated(
      directive,
      'maxconn: requests beyond it wait in a queue, where nginx asks another server',
      'max_conns',
    );
  sayTheRest(job, server);
  const name = names.take(directive.args[0] ?? '');
  const words = [
    `server ${name} ${endpoint(server)}`,
    ...(scaled === 1 ? [] : [`weight ${scaled}`]),
    ...(maxConns > 0 ? [`maxconn ${maxConns}`] : []),
    ...(server.backup ? ['backup'] : []),
    ...(server.down ? ['disabled'] : []),
    ...(traits.hasCookie ? [`cookie ${name}`] : []),
    ...(traits.checking === '' ? [] : [traits.tracked === undefined ? traits.checking : `track ${traits.tracked}/${name}`]),
  ];
  return words.join(' ') + slowStart(valueOf(server, 'slow_start')) + traits.protocol;
}

const understood = /^(?:weight|max_conns|max_fails|fail_timeout|slow_start)=|^(?:backup|down)$/;

function sayTheRest({ ledger }: Job, { use: { directive }, address }: UpstreamServer): void {
  ledger.mapped(directive, 'a server line');
  if (!isIp(address.host) && !isUnix(address.host))
    ledger.approximated(
      directive,
      'a name that cannot be resolved at the start leaves the server down, where nginx would not start',
      'name',
    );
  for (const word of directive.args.slice(1)) {
    if (understood.test(word)) continue;
    const key = word.replace(/=.*/s, '');
    ledger.dropped(directive, `${key} is not written: addresses are looked up once, and servers have no such parameter`, key);
  }
}

function endpoint({ address: { host, port } }: UpstreamServer): string {
  return endpointOf(host, port, 80);
}

/** An address as HAProxy writes it. */
export function endpointOf(host: string, port: string, otherwise: number): string {
  if (isUnix(host)) return word(`unix@${host.slice(5)}`);
  return word(`${host.includes(':') ? `[${host}]` : host}:${port === '' ? otherwise : port}`);
}

/** What `proxy_ssl_*` says about TLS to servers: ` ssl verify none …`, or '' for plain connections. */
export function tlsOf(job: Job, { scope, targets, protocol }: Pass, proxyHost: string): string {
  if (protocol !== 'proxy' || targets?.[0]?.scheme !== 'https') return '';
  const one = (name: string) => effectiveOne(scope, name);
  const word_ = (name: string) => one(name)?.directive.args[0];
  const verifies = word_('proxy_ssl_verify') === 'on';
  const file = word_('proxy_ssl_trusted_certificate');
  const words = [' ssl', verifies ? `verify required ca-file ${word(file ?? '@system-ca')}` : 'verify none'];
  const name = textOf(word_('proxy_ssl_name') ?? '$proxy_host', { scope, proxyHost: proxyHost.replace(/:\d+$/, '') });
  if (word_('proxy_ssl_server_name') === 'on') words.push(`sni ${sniOf(name)}`);
  if (verifies && 'format' in name && !name.format.includes('%[')) words.push(`verifyhost ${word(name.format)}`);
  const certificate = word_('proxy_ssl_certificate');
  if (certificate !== undefined) words.push(`crt ${word(certificate)}`);
  for (const setting of [
    'proxy_ssl_verify',
    'proxy_ssl_trusted_certificate',
    'proxy_ssl_name',
    'proxy_ssl_server_name',
    'proxy_ssl_certificate',
    'proxy_ssl_certificate_key',
  ]) {
    const use = one(setting);
    if (use) job.ledger.mapped(use.directive, 'parameters of the server lines');
  }
  return words.join(' ');
}

/** `sni` takes a sample, not a format. */
function sniOf(name: ReturnType<typeof textOf>): string {
  if ('lost' in name) return 'var(txn.host)';
  const [, sample] = /^%\[([^\]]*)\]$/.exec(name.format) ?? [];
  return sample ?? word(`str(${argument(name.format)})`);
}
