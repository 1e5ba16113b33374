import { oneOrMore, take1, take12, take2 } from '../../../schema/arity.ts';
import { mail, mailServer } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_mail_ssl_module. */
export const mailSsl = defineModule({
  name: 'ngx_mail_ssl_module',
  directives: {
    ssl: { in: mail | mailServer, args: take1, value: { kind: 'custom' }, default: ['off'], since: '0.1.44', until: '1.25.1', deprecated: { since: '1.15.0', replacement: 'listen ... ssl', effect: 'warn' }, doc: 'en/docs/mail/ngx_mail_ssl_module.html#ssl' },
    ssl_certificate: { in: mail | mailServer, args: take1, value: { kind: 'string', file: 'conf' }, repeat: 'yes', merge: 'list', since: '0.1.44', doc: 'en/docs/mail/ngx_mail_ssl_module.html#ssl_certificate' },
    ssl_certificate_compression: { in: mail | mailServer, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.29.1', doc: 'en/docs/mail/ngx_mail_ssl_module.html#ssl_certificate_compression' },
    ssl_certificate_key: { in: mail | mailServer, args: take1, value: { kind: 'string', file: 'conf' }, repeat: 'yes', merge: 'list', since: '0.1.44', doc: 'en/docs/mail/ngx_mail_ssl_module.html#ssl_certificate_key' },
    ssl_ciphers: { in: mail | mailServer, args: take1, value: { kind: 'string' }, repeat: 'no', default: ['HIGH:!aNULL:!MD5'], since: '0.1.44', doc: 'en/docs/mail/ngx_mail_ssl_module.html#ssl_ciphers' },
    ssl_client_certificate: { in: mail | mailServer, args: take1, value: { kind: 'string', file: 'conf' }, repeat: 'no', since: '1.7.11', doc: 'en/docs/mail/ngx_mail_ssl_module.html#ssl_client_certificate' },
    ssl_conf_command: { in: mail | mailServer, args: take2, value: { kind: 'keyval' }, repeat: 'yes', merge: 'list', since: '1.19.4', doc: 'en/docs/mail/ngx_mail_ssl_module.html#ssl_conf_command' },
    ssl_crl: { in: mail | mailServer, args: take1, value: { kind: 'string', file: 'conf' }, repeat: 'no', since: '1.7.11', doc: 'en/docs/mail/ngx_mail_ssl_module.html#ssl_crl' },
    ssl_dhparam: { in: mail | mailServer, args: take1, value: { kind: 'string', file: 'conf' }, repeat: 'no', since: '0.7.2', doc: 'en/docs/mail/ngx_mail_ssl_module.html#ssl_dhparam' },
    ssl_ecdh_curve: { in: mail | mailServer, args: take1, value: { kind: 'string' }, repeat: 'no', default: ['auto'], since: '1.1.0', doc: 'en/docs/mail/ngx_mail_ssl_module.html#ssl_ecdh_curve' },
    ssl_password_file: { in: mail | mailServer, args: take1, value: { kind: 'path', file: 'conf' }, repeat: 'no', since: '1.7.3', doc: 'en/docs/mail/ngx_mail_ssl_module.html#ssl_password_file' },
    ssl_prefer_server_ciphers: { in: mail | mailServer, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '0.2.2', doc: 'en/docs/mail/ngx_mail_ssl_module.html#ssl_prefer_server_ciphers' },
    ssl_protocols: { in: mail | mailServer, args: oneOrMore, value: { kind: 'bitmask', values: ['SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] }, repeat: 'accumulate', default: ['TLSv1.2 TLSv1.3'], since: '0.2.2', doc: 'en/docs/mail/ngx_mail_ssl_module.html#ssl_protocols' },
    ssl_session_cache: { in: mail | mailServer, args: take12, value: { kind: 'grammar', grammar: 'ssl_session_cache' }, repeat: 'last-wins', default: ['none'], since: '0.7.63', doc: 'en/docs/mail/ngx_mail_ssl_module.html#ssl_session_cache' },
    ssl_session_ticket_key: { in: mail | mailServer, args: take1, value: { kind: 'string', file: 'conf' }, repeat: 'yes', merge: 'list', since: '1.5.7', doc: 'en/docs/mail/ngx_mail_ssl_module.html#ssl_session_ticket_key' },
    ssl_session_tickets: { in: mail | mailServer, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['on'], since: '1.5.9', doc: 'en/docs/mail/ngx_mail_ssl_module.html#ssl_session_tickets' },
    ssl_session_timeout: { in: mail | mailServer, args: take1, value: { kind: 'time', unit: 's' }, repeat: 'no', default: ['5m'], since: '0.7.63', doc: 'en/docs/mail/ngx_mail_ssl_module.html#ssl_session_timeout' },
    ssl_trusted_certificate: { in: mail | mailServer, args: take1, value: { kind: 'string', file: 'conf' }, repeat: 'no', since: '1.7.11', doc: 'en/docs/mail/ngx_mail_ssl_module.html#ssl_trusted_certificate' },
    ssl_verify_client: { in: mail | mailServer, args: take1, value: { kind: 'enum', values: ['off', 'on', 'optional', 'optional_no_ca'] }, repeat: 'no', default: ['off'], since: '1.7.11', doc: 'en/docs/mail/ngx_mail_ssl_module.html#ssl_verify_client' },
    ssl_verify_depth: { in: mail | mailServer, args: take1, value: { kind: 'number' }, repeat: 'no', default: ['1'], since: '1.7.11', doc: 'en/docs/mail/ngx_mail_ssl_module.html#ssl_verify_depth' },
    starttls: { in: mail | mailServer, args: take1, value: { kind: 'enum', values: ['off', 'on', 'only'] }, repeat: 'no', default: ['off'], since: '0.3.13', doc: 'en/docs/mail/ngx_mail_ssl_module.html#starttls' },
  },
});
