import type { ConfigDirective } from '../../config/config-tree.ts';
import * as say from '../../diagnostics/nginx-messages.ts';
import * as contexts from '../../schema/contexts.ts';
import { socketParameter } from '../../schema/values/grammar/listen.ts';
import { parseUrl } from '../../schema/values/grammar/url.ts';
import { Frame } from './frame.ts';
import { resolved, ruleForError } from './host-names.ts';
import { asksForTls, checkMailSsl } from './mail-ssl.ts';
import type { Call, Run } from './run.ts';

interface Place {
  readonly file: string;
  readonly line: number;
  readonly directive: ConfigDirective;
}

/** Ports whose protocol nginx guesses. */
const ports: Readonly<Record<number, string>> = {
  25: 'smtp',
  465: 'smtp',
  587: 'smtp',
  110: 'pop3',
  995: 'pop3',
  143: 'imap',
  993: 'imap',
};

/** ngx_mail_block */
export function mailBlock(call: Call): void {
  if (!call.set(true)) return;
  const inside = call.enter(contexts.mail);
  for (const server of inside.frames) checkProtocol(call.run, server);
  for (const server of inside.frames) checkMailSsl(call.run, server);
  for (const server of inside.frames) checkAuth(call.run, server);
}

/** ngx_mail_core_server */
export function mailServer(call: Call): void {
  const place: Place = { file: call.directive.source.name, line: call.line, directive: call.directive };
  const frame = new Frame(contexts.mailServer, call.directive, call.frame);
  frame.fields.set('place', place);
  call.enter(contexts.mailServer, frame);
  if (!frame.fields.has('listen'))
    call.log('emerg', say.noListenForServer(place.file, place.line), { nowhere: true, rule: 'incomplete' });
}

/** ngx_mail_core_listen */
export function mailListen(call: Call): void {
  const [text = '', ...words] = call.args;
  call.frame.fields.set('listen', true);
  const url = resolved(call.run, parseUrl(text, { listen: true }));
  if (url.err) return call.fail(say.inListen(url.err, text), 0, ruleForError(url.err));
  for (const [index, word] of words.entries()) {
    const isPlain = word === 'ssl' || (word === 'proxy_protocol' && call.since('1.19.8'));
    const socket = isPlain ? 'set' : socketParameter(word);
    if (typeof socket === 'object') return call.fail(socket.error, index + 1);
    if (socket === undefined)
      return call.fail(call.since('1.25.5') ? say.invalidParameter(word) : say.theInvalidParameter(word), index + 1);
  }
  if (words.includes('ssl')) asksForTls(call);
  const guess = ports[url.port];
  if (guess !== undefined && !call.frame.fields.has('protocol')) call.frame.fields.set('protocol', guess);
  const known = call.run.share('mail addresses', () => new Set<string>());
  for (const address of url.addresses ?? [`${url.host}:${url.port}`]) {
    if (known.has(address)) return call.fail(say.duplicateAddressAndPort(address), 0, 'duplicate-listen');
    known.add(address);
    call.run.shared.set('listening sockets', call.run.share('listening sockets', () => 0) + 1);
  }
}

/** ngx_mail_core_protocol */
export function mailProtocol(call: Call): void {
  const [name = ''] = call.args;
  if (!['imap', 'pop3', 'smtp'].includes(name)) return call.fail(say.unknownProtocol(name), 0);
  call.frame.fields.set('protocol', name);
}

/** ngx_mail_auth_http */
export function mailAuthHttp(call: Call): void {
  const url = call.arg(0).replace(/^http:\/\//, '');
  const { err } = resolved(call.run, parseUrl(url, { uriPart: true, defaultPort: 80 }));
  if (err) return call.fail(say.inAuthHttp(err, url), 0, ruleForError(err));
  call.frame.fields.set('auth_http', url);
}

/** ngx_mail_core_merge_srv_conf */
function checkProtocol(run: Run, server: Frame): void {
  const place = server.own<Place>('place');
  if (!place || server.fields.has('protocol')) return;
  run.log('emerg', say.unknownMailProtocol(place.file, place.line), {
    directive: place.directive,
    nowhere: true,
    rule: 'incomplete',
  });
}

/** ngx_mail_auth_http_merge_conf */
function checkAuth(run: Run, server: Frame): void {
  const place = server.own<Place>('place');
  if (!place || server.inherited('auth_http') !== undefined) return;
  run.log('emerg', say.noAuthHttp(place.file, place.line), { directive: place.directive, nowhere: true, rule: 'incomplete' });
}
