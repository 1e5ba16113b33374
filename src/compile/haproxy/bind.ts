import { effectiveOne } from '../../model/inherited.ts';
import { defaultServerOf, type ListenGroup } from '../../model/routes/listen-groups.ts';
import type { Site } from '../../model/routes/sites.ts';
import { sitesAt } from '../../model/routes/tls-sites.ts';
import { effective, usesIn } from '../../model/scope.ts';
import type { Listen } from '../../schema/values/listen.ts';
import type { Job } from './job.ts';
import { word } from './words.ts';

/** The `bind` of an address: what any `listen` of it says, and the TLS of its servers. */
export function bindLine(job: Job, group: ListenGroup<Site>, tls: boolean): string {
  const [first] = group.lines;
  const parameters = [...new Set(group.lines.flatMap(({ listen }) => listen.parameters))];
  for (const { server } of group.lines) for (const { directive } of usesIn(server.scope, 'listen')) sayListen(job, directive);
  const hasHttp2 =
    parameters.includes('http2') ||
    group.lines.some(({ server }) => effectiveOne(server.scope, 'http2')?.directive.args[0] === 'on');
  const words = [`bind ${first ? addressOf(first.listen) : '*:80'}`, ...parameters.flatMap(parameterWord)];
  if (first?.listen.host === '::' && !parameters.includes('ipv6only=off')) words.push('v6only');
  if (tls) words.push(tlsWords(job, group, hasHttp2));
  else if (hasHttp2) words.push('proto h2');
  return words.join(' ');
}

function addressOf({ host, port, path }: Listen): string {
  if (path !== '') return word(`unix@${path}`);
  if (host === '0.0.0.0') return `*:${port}`;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

const unsaid = /^(?:rcvbuf|sndbuf|setfib|accept_filter|multipath)/;

function parameterWord(parameter: string): readonly string[] {
  const [key, value = ''] = parameter.split('=');
  if (key === 'proxy_protocol') return ['accept-proxy'];
  if (key === 'deferred') return ['defer-accept'];
  if (key === 'fastopen') return ['tfo'];
  return key === 'backlog' && /^\d+$/.test(value) ? [`backlog ${value}`] : [];
}

function sayListen({ ledger }: Job, directive: Parameters<Job['ledger']['mapped']>[0]): void {
  ledger.mapped(directive, 'bind');
  for (const parameter of directive.args.slice(1)) {
    const key = parameter.replace(/=.*/s, '');
    if (unsaid.test(key)) ledger.dropped(directive, `bind has no ${key}`, key);
    else if (key === 'so_keepalive')
      ledger.dropped(directive, 'HAProxy sets it for whole sections (option clitcpka), with times of the system', key);
    else if (key === 'reuseport' || key === 'bind') ledger.moot(directive, 'HAProxy shares its sockets among threads', key);
  }
}

/** Settings of the default server: nginx reads the others' certificates by SNI, and so does HAProxy. */
function tlsWords(job: Job, group: ListenGroup<Site>, hasHttp2: boolean): string {
  job.globals.usesTls = true;
  const site = defaultServerOf(group);
  const sites = [...(site ? [site] : []), ...sitesAt(group).filter((one) => one !== site)];
  const certificates = [...new Set(sites.flatMap((one) => certificatesOf(job, one)))];
  const words = ['ssl', ...certificates.map((path) => `crt ${word(path)}`), `alpn ${hasHttp2 ? 'h2,' : ''}http/1.1`];
  return [...words, ...(site ? optionWords(job, site) : [])].join(' ');
}

function certificatesOf({ ledger }: Job, { scope }: Site): readonly string[] {
  const keys = effective(scope, 'ssl_certificate_key').map(({ directive }) => directive);
  return effective(scope, 'ssl_certificate').flatMap(({ directive }, index) => {
    const [path = ''] = directive.args;
    const key = keys[index];
    if (/\$|^data:|^engine:/.test(path)) {
      ledger.dropped(directive, 'a certificate is a file that is read at the start');
      return [];
    }
    ledger.mapped(directive, 'crt');
    const expected = path.endsWith('.crt') ? path.replace(/crt$/, 'key') : `${path}.key`;
    if (!key || key.args[0] === path || key.args[0] === expected) {
      if (key) ledger.mapped(key, 'found beside the certificate');
    } else ledger.approximated(key, `HAProxy looks for the key in ${expected}: link it there`);
    return [path];
  });
}

const versions = ['SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

function optionWords({ ledger }: Job, { scope }: Site): readonly string[] {
  const words: string[] = [];
  const on = (name: string, write: (value: string, args: readonly string[]) => readonly string[]) => {
    const use = effectiveOne(scope, name);
    if (!use) return;
    const own = write(use.directive.args[0] ?? '', use.directive.args);
    ledger.mapped(use.directive, own.length > 0 ? own.join(' ').replace(/ .*/s, ' …') : 'as HAProxy does anyway');
    words.push(...own);
  };
  on('ssl_protocols', (_, args) => {
    const own = versions
      .filter((version) => args.includes(version))
      .map((version) => (version === 'TLSv1' ? 'TLSv1.0' : version));
    return own.length === 0 ? [] : [`ssl-min-ver ${own[0]}`, ...(own.at(-1) === 'TLSv1.3' ? [] : [`ssl-max-ver ${own.at(-1)}`])];
  });
  on('ssl_ciphers', (value) => [`ciphers ${word(value)}`]);
  on('ssl_ecdh_curve', (value) => (value === 'auto' ? [] : [`curves ${word(value)}`]));
  on('ssl_prefer_server_ciphers', (value) => (value === 'on' ? [] : ['prefer-client-ciphers']));
  on('ssl_session_tickets', (value) => (value === 'off' ? ['no-tls-tickets'] : []));
  on('ssl_client_certificate', (value) => [`ca-file ${word(value)}`]);
  on('ssl_verify_client', (value) =>
    value === 'on' ? ['verify required'] : value.startsWith('optional') ? ['verify optional'] : [],
  );
  on('ssl_crl', (value) => [`crl-file ${word(value)}`]);
  return words;
}
