import type { ConfigDirective } from '../../config/config-tree.ts';
import * as say from '../../diagnostics/nginx-messages.ts';
import * as contexts from '../../schema/contexts.ts';
import { type ListenOptions, socketParameter } from '../../schema/values/grammar/listen.ts';
import { parseUrl } from '../../schema/values/grammar/url.ts';
import { Frame } from './frame.ts';
import { checkServerFiles } from './host-certificates.ts';
import { resolved, ruleForError } from './host-names.ts';
import type { Call, Run } from './run.ts';
import { proxySslVerify } from './ssl.ts';
import { addUpstream, finishUpstreams } from './upstreams.ts';
import { unknownVariables, variablesIn } from './variables.ts';

/** Where a server's block opens, as its messages name it. */
interface Place {
  readonly file: string;
  readonly line: number;
  readonly directive: ConfigDirective;
}

/** ngx_stream_block */
export function streamBlock(call: Call): void {
  if (!call.set(true)) return;
  const inside = call.enter(contexts.stream);
  const servers = inside.frames.filter(({ context }) => context === contexts.streamServer);
  for (const server of servers) checkHandler(call.run, server);
  for (const server of servers) {
    if (server.own('proxy_pass') && server.inherited<boolean>('proxy_ssl') === true) proxySslVerify(call.run, 'proxy', server);
  }
  finishUpstreams(call.run, 'stream');
  for (const server of servers) checkSsl(call.run, server);
  unknownVariables(call.run, 'stream');
}

function placeOf(call: Call): Place {
  return { file: call.directive.source.name, line: call.line, directive: call.directive };
}

/** ngx_stream_core_server */
export function streamServer(call: Call): void {
  const place = placeOf(call);
  const frame = new Frame(contexts.streamServer, call.directive, call.frame);
  frame.fields.set('place', place);
  call.enter(contexts.streamServer, frame);
  if (!frame.fields.has('listen'))
    call.log('emerg', say.noListenForServer(place.file, place.line), { nowhere: true, rule: 'incomplete' });
}

/** ngx_stream_core_merge_srv_conf */
function checkHandler(run: Run, server: Frame): void {
  const place = server.own<Place>('place');
  if (!place || server.fields.has('handler') || place.directive.children?.some(({ name }) => /^(js_|lua|content_by)/.test(name)))
    return;
  run.log('emerg', say.noHandlerForServer(place.file, place.line), {
    directive: place.directive,
    nowhere: true,
    rule: 'incomplete',
  });
}

const flags: Readonly<Record<string, keyof ListenOptions>> = { udp: 'udp', ssl: 'ssl', proxy_protocol: 'proxyProtocol' };

/** What nginx refuses beside `udp`, in its order. */
const notWithUdp: readonly (readonly [keyof ListenOptions, string])[] = [
  ['backlog', 'backlog'],
  ['ssl', 'ssl'],
  ['soKeepalive', 'so_keepalive'],
  ['proxyProtocol', 'proxy_protocol'],
  ['fastopen', 'fastopen'],
];

/** ngx_stream_core_listen */
export function streamListen(call: Call): void {
  const [text = '', ...words] = call.args;
  call.frame.fields.set('listen', true);
  const url = resolved(call.run, parseUrl(text, { listen: true }));
  if (url.err) return call.fail(say.inListen(url.err, text), 0, ruleForError(url.err));
  if (url.noPort && url.family !== 'unix' && call.since('1.25.5')) return call.fail(say.inListen('no port', text), 0);
  const options = new Set<keyof ListenOptions>();
  for (const [index, word] of words.entries()) {
    const option = flags[word] ?? otherParameter(call, word);
    if (typeof option === 'object') return call.fail(option.error, index + 1);
    if (option === 'ssl') call.frame.fields.set('listen ssl', placeOf(call));
    options.add(option);
  }
  const isUdp = options.has('udp');
  const clash = isUdp ? notWithUdp.find(([option]) => options.has(option)) : undefined;
  if (clash) return call.refuse(`"${clash[1]}" parameter is incompatible with "udp"`);
  for (const address of url.addresses ?? [`${url.host}:${url.port}`]) {
    const problem = addAddress(call, address, options);
    if (problem !== undefined) return call.fail(problem, 0, 'duplicate-listen');
  }
}

/** An address, and who listens there. */
interface StreamAddress {
  server: Frame;
  isSet: boolean;
  isDefault: boolean;
}

/** Options that say nothing of the socket. */
const ofServers: ReadonlySet<keyof ListenOptions> = new Set(['udp', 'ssl', 'proxyProtocol', 'isDefault']);

/** Gives what nginx says of the address. Since 1.25.5 servers share one, as in http (ngx_stream_add_addresses). */
function addAddress(call: Call, address: string, options: ReadonlySet<keyof ListenOptions>): string | undefined {
  const addresses = call.run.share('stream addresses', () => new Map<string, StreamAddress>());
  const key = `${options.has('udp') ? 'udp' : 'tcp'} ${address}`;
  const [isSet, isDefault] = [[...options].some((option) => !ofServers.has(option)), options.has('isDefault')];
  const known = addresses.get(key);
  if (!known) {
    addresses.set(key, { server: call.frame, isSet, isDefault });
    call.run.shared.set('listening sockets', call.run.share('listening sockets', () => 0) + 1);
    return undefined;
  }
  if (!call.since('1.25.5')) return say.duplicateAddressAndPort(address);
  if (known.server === call.frame) return say.duplicateListen(address);
  if (isSet && known.isSet) return say.duplicateListenOptions(address);
  if (isDefault && known.isDefault) return say.duplicateDefaultServer(address);
  if (!isDefault) call.frame.fields.set('is not first', true);
  known.server = call.frame;
  known.isSet ||= isSet;
  known.isDefault ||= isDefault;
  return undefined;
}

function otherParameter(call: Call, word: string): keyof ListenOptions | { error: string } {
  if (call.since('1.25.5') && word === 'default_server') return 'isDefault';
  if (call.since('1.25.5') && (word.startsWith('setfib=') || word === 'deferred' || word.startsWith('accept_filter=')))
    return 'set';
  const socket = socketParameter(word);
  if (socket === undefined) return { error: call.since('1.25.5') ? say.invalidParameter(word) : say.theInvalidParameter(word) };
  return socket === 'none' ? 'set' : socket;
}

/** ngx_stream_proxy_pass */
export function streamProxyPass(call: Call): void {
  if (!call.set(call.arg(0))) return;
  call.frame.fields.set('handler', call.name);
  const url = call.arg(0);
  if (!variablesIn(call, url, 0) || url.includes('$')) return;
  addUpstream(call, parseUrl(url, {}), url, false);
}

/** ngx_stream_ssl_alpn, ngx_stream_proxy_ssl_alpn_set_slot */
export function alpn(call: Call): void {
  if (!call.set(call.args)) return;
  const long = call.args.findIndex((protocol) => protocol.length > 255);
  if (long >= 0) call.refuse('protocol too long', long);
}

/** ngx_stream_pass */
export function streamPass(call: Call): void {
  const [text = ''] = call.args;
  if (!call.set(text)) return;
  call.frame.fields.set('handler', call.name);
  if (!variablesIn(call, text, 0) || text.includes('$')) return;
  const { err, addresses, noPort } = parseUrl(text, {});
  if (err !== undefined) return call.fail(say.inPass(err, text), 0);
  if (!addresses) return call.refuse('has no addresses', 0);
  if (noPort) call.refuse('has no port', 0);
}

/** ngx_stream_return */
export function streamReturn(call: Call): void {
  if (!call.set(call.arg(0))) return;
  call.frame.fields.set('handler', call.name);
  variablesIn(call, call.arg(0), 0);
}

/** ngx_stream_ssl_merge_srv_conf */
function checkSsl(run: Run, server: Frame): void {
  const place = server.own<Place>('listen ssl');
  const certificates = server.inherited<string[]>('ssl_certificate');
  const keys = server.inherited<string[]>('ssl_certificate_key') ?? [];
  const log = (nginx: string): void =>
    run.log('emerg', nginx, {
      directive: place?.directive ?? server.directive ?? undefined,
      nowhere: true,
      rule: 'ssl-certificate-missing',
    });
  if (place) {
    // ngx_stream_ssl_init: only the default server of an address needs one.
    if (!certificates && (server.fields.has('is not first') || server.inherited('ssl_reject_handshake') === true)) return;
    if (!certificates) return log(say.noCertificateForListen(place.file, place.line));
    if (keys.length === 0) return log(say.noKeyForListen(place.file, place.line));
    if (keys.length < certificates.length)
      return log(say.noKeyForCertificateAndListen(certificates.at(-1) ?? '', place.file, place.line));
  } else return;
  checkServerFiles(run, server);
  const verify = server.inherited<string>('ssl_verify_client') ?? 'off';
  if (verify !== 'off' && verify !== 'optional_no_ca' && server.inherited('ssl_client_certificate') === undefined)
    log(say.noClientCertificate);
}
