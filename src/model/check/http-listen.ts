import type { ConfigDirective } from '../../config/config-tree.ts';
import * as say from '../../diagnostics/nginx-messages.ts';
import { server as serverContext } from '../../schema/contexts.ts';
import { type ListenOptions, socketParameter } from '../../schema/values/grammar/listen.ts';
import { parseUrl } from '../../schema/values/grammar/url.ts';
import { parseNumber } from '../../schema/values/number.ts';
import { Frame } from './frame.ts';
import { buildHash } from './hash-tables.ts';
import { resolved, ruleForError } from './host-names.ts';
import { newNameKeys, takeName } from './name-keys.ts';
import { regex } from './regex.ts';
import type { Call, Run } from './run.ts';

/** An address that servers listen on (ngx_http_conf_addr_t). */
interface ListenAddress {
  readonly text: string;
  readonly port: string;
  options: ListenOptions;
  protocols: number;
  protocolsSet: boolean;
  protocolsChanged: boolean;
  readonly servers: Frame[];
  defaultServer: Frame;
  wildcard: boolean;
}

const noOptions: ListenOptions = {
  isDefault: false,
  set: false,
  bind: false,
  ssl: false,
  quic: false,
  udp: false,
  http2: false,
  backlog: false,
  soKeepalive: false,
  fastopen: false,
  proxyProtocol: false,
};

function addressesOf(run: Run): Map<string, ListenAddress> {
  return run.share('http addresses', () => new Map<string, ListenAddress>());
}

/** ngx_http_core_listen */
export function listen(call: Call): void {
  const [text = '', ...words] = call.args;
  call.frame.fields.set('listen', true);
  const url = resolved(call.run, parseUrl(text, { listen: true, defaultPort: 80 }));
  if (url.err) return call.fail(say.inListen(url.err, text), 0, ruleForError(url.err));
  let options: ListenOptions = noOptions;
  for (const [index, word] of words.entries()) {
    const read = parameter(call, word, index + 1);
    if (!read) return;
    options = { ...options, ...read };
  }
  if (options.quic && !agrees(call, options)) return;
  for (const [index, address] of (url.addresses ?? [`${url.host}:${url.port}`]).entries()) {
    if (!add(call, address + (options.quic ? ' quic' : ''), address, options, url.wildcard && index >= 0)) return;
  }
}

const requires: Readonly<Record<string, string>> = {
  ssl: 'ngx_http_ssl_module',
  http2: 'ngx_http_v2_module',
  quic: 'ngx_http_v3_module',
};

function parameter(call: Call, word: string, arg: number): Partial<ListenOptions> | undefined {
  if (word === 'default_server' || word === 'default') return { isDefault: true };
  if (word === 'multipath' && call.since('1.29.7')) return { set: true, bind: true };
  if (word === 'deferred') return { set: true, bind: true };
  const required = Object.hasOwn(requires, word) ? requires[word] : undefined;
  if (required && !call.run.has(required)) {
    call.fail(say.parameterRequires(word, required), arg);
    return undefined;
  }
  if (word === 'ssl') return { ssl: true };
  if (word === 'http2' && call.since('1.9.5')) return deprecatedHttp2(call, arg);
  if (word === 'quic' && call.since('1.25.0')) return { quic: true };
  if (word === 'proxy_protocol') return { proxyProtocol: true };
  if (word.startsWith('setfib=') && parseNumber(word.slice(7)) !== undefined) return { set: true, bind: true };
  const socket = socketParameter(word);
  if (socket === undefined) {
    call.fail(say.invalidParameter(word), arg);
    return undefined;
  }
  if (typeof socket === 'object') {
    call.fail(socket.error, arg);
    return undefined;
  }
  return { set: true, bind: true, ...(socket === 'none' || socket === 'set' ? {} : { [socket]: true }) };
}

function deprecatedHttp2(call: Call, arg: number): Partial<ListenOptions> {
  if (call.since('1.25.1')) call.warn(say.listenHttp2Deprecated, arg, 'deprecated-listen-http2');
  return { http2: true };
}

/** What nginx refuses beside `quic`, in its order. */
const notWithQuic: readonly (readonly [keyof ListenOptions, string])[] = [
  ['fastopen', 'fastopen'],
  ['backlog', 'backlog'],
  ['ssl', 'ssl'],
  ['http2', 'http2'],
  ['soKeepalive', 'so_keepalive'],
  ['proxyProtocol', 'proxy_protocol'],
];

function agrees(call: Call, options: ListenOptions): boolean {
  const bad = notWithQuic.find(([option]) => options[option]);
  if (bad) call.refuse(say.incompatible(bad[1], 'quic'));
  return bad === undefined;
}

/** ngx_http_add_listen, ngx_http_add_addresses, ngx_http_add_server */
function add(call: Call, key: string, text: string, options: ListenOptions, wildcard: boolean): boolean {
  const addresses = addressesOf(call.run);
  const known = addresses.get(key);
  const server = call.frame;
  if (!known) {
    addresses.set(key, {
      text,
      port: text.slice(text.lastIndexOf(':') + 1),
      options,
      protocols: protocolsIn(options),
      protocolsSet: false,
      protocolsChanged: false,
      servers: [server],
      defaultServer: server,
      wildcard,
    });
    return true;
  }
  const rule = 'duplicate-listen';
  if (known.servers.at(-1) === server) {
    call.fail(say.duplicateListen(known.text), 0, rule);
    return false;
  }
  known.servers.push(server);
  const { isDefault } = known.options;
  if (options.set) {
    if (known.options.set) {
      call.fail(say.duplicateListenOptions(known.text), 0, rule);
      return false;
    }
    known.options = options;
  }
  if (options.isDefault && isDefault) {
    call.fail(say.duplicateDefaultServer(known.text), 0, rule);
    return false;
  }
  if (options.isDefault) known.defaultServer = server;
  if (call.since('1.23.4')) compareProtocols(call, known, options);
  known.options = { ...known.options, isDefault: isDefault || options.isDefault };
  return true;
}

function protocolsIn({ proxyProtocol, ssl, http2 }: ListenOptions): number {
  return Number(proxyProtocol) + 2 * Number(ssl) + 4 * Number(http2);
}

/** ngx_http_add_addresses: servers of one address that speak different protocols on it. */
function compareProtocols(call: Call, known: ListenAddress, options: ListenOptions): void {
  const [now, before] = [protocolsIn(options), known.protocols];
  const isAdded = (now | before) !== before;
  const isRemoved = !isAdded && (now | before) !== now;
  const differs = known.protocolsSet && now !== known.protocols;
  const redefines = isAdded
    ? (known.options.set && !options.set) || known.protocolsChanged || (now | before) !== now
    : isRemoved
      ? options.set || differs
      : (options.set && known.protocolsChanged) || differs;
  if (redefines) call.warn(say.protocolsRedefined(known.text), 0, 'duplicate-listen');
  known.protocols = isAdded ? before : now;
  known.protocolsSet = true;
  if (isAdded || isRemoved) known.protocolsChanged = true;
}

/** ngx_http_core_server */
export function server(call: Call): void {
  const inside = new Frame(serverContext, call.directive, call.frame);
  inside.fields.set('place', { file: call.directive.source.name, line: call.line });
  call.enter(serverContext, inside);
  if (inside.fields.has('listen')) return;
  const addresses = addressesOf(call.run);
  const known = addresses.get('0.0.0.0:80');
  if (known) known.servers.push(inside);
  else
    addresses.set('0.0.0.0:80', {
      text: '0.0.0.0:80',
      port: '80',
      options: noOptions,
      protocols: 0,
      protocolsSet: false,
      protocolsChanged: false,
      servers: [inside],
      defaultServer: inside,
      wildcard: true,
    });
}

export interface ServerName {
  readonly name: string;
  readonly isRegex: boolean;
  readonly directive: ConfigDirective | null;
  readonly arg: number | undefined;
}

/** ngx_http_core_server_name */
export function serverName(call: Call): void {
  const names = call.frame.own<ServerName[]>('server names') ?? [];
  call.frame.fields.set('server names', names);
  for (const [arg, word] of call.args.entries()) {
    if ((word.startsWith('*') && (word.length < 3 || word[1] !== '.')) || (word.startsWith('.') && word.length < 2)) {
      return call.fail(say.invalidServerName(word), arg);
    }
    if (word.includes('/')) call.warn(say.suspiciousServerName(word), arg, 'server-name-suspicious');
    const isRegex = word.startsWith('~');
    if (word === '~') return call.fail(say.emptyRegexInServerName(word), arg, 'invalid-regex');
    if (isRegex) {
      const compiled = regex(call, word.slice(1), arg);
      if (!compiled) return;
      if (compiled.groups > 0) call.frame.fields.set('server captures', true);
    }
    names.push({ name: isRegex ? word : word.toLowerCase(), isRegex, directive: call.directive, arg });
  }
}

/** ngx_http_ssl_init: `listen … ssl` without a certificate. */
export function checkListenSsl(run: Run): void {
  for (const { options, defaultServer, servers } of addressesOf(run).values()) {
    if (!options.ssl && !options.quic) continue;
    if (defaultServer.inherited('ssl_certificate') !== undefined) {
      if (options.quic) needsTls13(run, defaultServer);
      continue;
    }
    const rejects = (server: Frame): boolean => server.inherited<boolean>('ssl_reject_handshake') === true;
    const bare = rejects(defaultServer)
      ? servers.find((server) => server.inherited('ssl_certificate') === undefined && !rejects(server))
      : defaultServer;
    const place = bare?.own<{ file: string; line: number }>('place');
    if (!bare || !place) continue;
    const nginx = options.quic
      ? say.noCertificateForQuic(place.file, place.line)
      : say.noCertificateForListen(place.file, place.line);
    return run.log('emerg', nginx, { directive: bare.directive ?? undefined, nowhere: true, rule: 'ssl-certificate-missing' });
  }
}

function needsTls13(run: Run, server: Frame): void {
  const protocols = server.inherited<readonly string[]>('ssl_protocols');
  const place = server.own<{ file: string; line: number }>('place');
  if (!place || !protocols || protocols.includes('TLSv1.3')) return;
  run.log('emerg', say.needsTls13(place.file, place.line), {
    directive: server.directive ?? undefined,
    nowhere: true,
    rule: 'quic-requires-tls13',
  });
}

/** ngx_http_init_listening: how many sockets the addresses come down to; a wildcard stands for all that are not bound on their own. */
function countSockets(run: Run, addresses: readonly ListenAddress[]): void {
  const hasWildcard = addresses.some(({ wildcard }) => wildcard);
  const count = hasWildcard ? addresses.filter(({ wildcard, options }) => wildcard || options.set).length : addresses.length;
  run.shared.set('listening sockets', run.share('listening sockets', () => 0) + count);
}

/** ngx_http_optimize_servers: server names of each address, wildcards last. */
export function checkServerNames(run: Run): void {
  const byPort = new Map<string, ListenAddress[]>();
  for (const address of addressesOf(run).values()) {
    const port = `${address.text.startsWith('[') ? '6' : '4'} ${address.port}`;
    const known = byPort.get(port);
    if (known) known.push(address);
    else byPort.set(port, [address]);
  }
  for (const addresses of byPort.values()) {
    countSockets(run, addresses);
    const ordered = [...addresses.filter(({ wildcard }) => !wildcard), ...addresses.filter(({ wildcard }) => wildcard)];
    for (const address of ordered) {
      if (address.servers.length > 1 || address.defaultServer.fields.has('server captures')) checkNamesOf(run, address);
    }
  }
}

function checkNamesOf(run: Run, { servers, text }: ListenAddress): void {
  const seen = newNameKeys();
  for (const server of servers) {
    const names: readonly ServerName[] = server.own<ServerName[]>('server names') ?? [
      { name: '', isRegex: false, directive: server.directive, arg: undefined },
    ];
    for (const { name, isRegex, directive, arg } of names) {
      const taken = isRegex ? 'new' : takeName(seen, name, true);
      const place = { directive: directive ?? undefined, arg, nowhere: true };
      if (taken === 'invalid')
        return run.log('emerg', say.invalidServerNameOrWildcard(name, text), { ...place, rule: 'server-name-suspicious' });
      if (taken === 'taken')
        run.log('warn', say.conflictingServerName(name, text), { ...place, rule: 'conflicting-server-name' });
    }
  }
  const [first] = servers;
  const sizeOf = (field: string, otherwise: number): number =>
    first?.inherited<number>(`server_names_hash_${field}`) ?? otherwise;
  const table = { name: 'server_names_hash', maxSize: sizeOf('max_size', 512), bucketSize: sizeOf('bucket_size', 64) };
  buildHash(run, seen.names, table, { directive: first?.directive ?? undefined, rule: 'hash-bucket-too-small' });
}
