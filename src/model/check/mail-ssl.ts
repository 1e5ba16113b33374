import type { ConfigDirective } from '../../config/config-tree.ts';
import * as say from '../../diagnostics/nginx-messages.ts';
import type { Frame } from './frame.ts';
import { checkServerFiles } from './host-certificates.ts';
import type { Call, Run } from './run.ts';
import { oneOf } from './slots.ts';

interface Place {
  readonly file: string;
  readonly line: number;
  readonly directive: ConfigDirective;
}

/** The last directive that asks for TLS, which the messages name; `listen … ssl` before all others. */
export function asksForTls(call: Call): void {
  const { frame, line, directive } = call;
  if (call.name === 'listen') frame.fields.set('listen ssl', true);
  else if (frame.own('listen ssl')) return;
  frame.fields.set('ssl place', { file: directive.source.name, line, directive } satisfies Place);
}

/** ngx_mail_ssl_starttls */
export function starttls(call: Call): void {
  oneOf(call, ['off', 'on', 'only']);
  if (call.frame.fields.has('starttls')) asksForTls(call);
}

/** ngx_mail_ssl_merge_conf */
export function checkMailSsl(run: Run, server: Frame): void {
  const mode = modeOf(server);
  const place = server.inherited<Place>('ssl place');
  if (mode === undefined || !place) return;
  const { file, line, directive } = place;
  const log = (nginx: string): void => run.log('emerg', nginx, { directive, nowhere: true, rule: 'ssl-certificate-missing' });
  const certificates = server.inherited<readonly string[]>('ssl_certificate');
  const keys = server.inherited<readonly string[]>('ssl_certificate_key') ?? [];
  if (!certificates) return log(say.noCertificateFor(mode, file, line));
  if (keys.length === 0) return log(say.noKeyFor(mode, file, line));
  if (keys.length < certificates.length) return log(say.noKeyForCertificateAnd(certificates.at(-1) ?? '', mode, file, line));
  checkServerFiles(run, server);
}

function modeOf(server: Frame): string | undefined {
  if (server.own('listen ssl')) return 'listen ... ssl';
  if (server.inherited<boolean>('ssl') === true) return 'ssl';
  return (server.inherited<string>('starttls') ?? 'off') === 'off' ? undefined : 'starttls';
}
