import { none, oneOrMore, take1, take12 } from '../../../schema/arity.ts';
import { mail, mailServer } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_mail_core_module. */
export const mailCore = defineModule({
  name: 'ngx_mail_core_module',
  directives: {
    auth: { in: mail | mailServer, args: oneOrMore, value: { kind: 'bitmask' }, since: '0.4.10', until: '0.6.12' },
    error_log: { in: mail | mailServer, args: oneOrMore, value: { kind: 'grammar', grammar: 'error_log', file: 'prefix' }, repeat: 'yes', merge: 'list', default: ['logs/error.log error'], since: '1.9.0', doc: 'en/docs/ngx_core_module.html#error_log' },
    listen: { in: mailServer, args: oneOrMore, value: { kind: 'grammar', grammar: 'listen_mail' }, repeat: 'yes-unique-address', merge: 'own', since: '0.1.35', changes: [{ before: '1.7.5', args: take12 }], doc: 'en/docs/mail/ngx_mail_core_module.html#listen' },
    max_errors: { in: mail | mailServer, args: take1, value: { kind: 'number' }, repeat: 'no', default: ['5'], since: '1.21.0', doc: 'en/docs/mail/ngx_mail_core_module.html#max_errors' },
    protocol: { in: mailServer, args: take1, value: { kind: 'enum', values: ['imap', 'pop3', 'smtp'] }, repeat: 'last-wins', merge: 'own', since: '0.1.35', doc: 'en/docs/mail/ngx_mail_core_module.html#protocol' },
    resolver: { in: mail | mailServer, args: oneOrMore, value: { kind: 'grammar', grammar: 'resolver' }, repeat: 'no', default: ['off'], since: '0.6.27', changes: [{ before: '1.1.7', args: take1 }], doc: 'en/docs/mail/ngx_mail_core_module.html#resolver' },
    resolver_timeout: { in: mail | mailServer, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['30s'], since: '0.6.27', doc: 'en/docs/mail/ngx_mail_core_module.html#resolver_timeout' },
    server: { in: mail, args: none, block: { opens: mailServer }, value: { kind: 'custom' }, repeat: 'yes', merge: 'own', since: '0.1.35', doc: 'en/docs/mail/ngx_mail_core_module.html#server' },
    server_name: { in: mail | mailServer, args: take1, value: { kind: 'string' }, repeat: 'no', default: ['hostname'], since: '0.4.10', doc: 'en/docs/mail/ngx_mail_core_module.html#server_name' },
    so_keepalive: { in: mail | mailServer, args: take1, value: { kind: 'flag' }, since: '0.3.15', until: '1.9.1', deprecated: { replacement: 'so_keepalive" parameter of the "listen' } },
    timeout: { in: mail | mailServer, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['60s'], since: '0.1.35', doc: 'en/docs/mail/ngx_mail_core_module.html#timeout' },
  },
});
