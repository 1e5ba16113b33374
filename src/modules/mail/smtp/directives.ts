import { oneOrMore, take1 } from '../../../schema/arity.ts';
import { mail, mailServer } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_mail_smtp_module. */
export const mailSmtp = defineModule({
  name: 'ngx_mail_smtp_module',
  directives: {
    smtp_auth: { in: mail | mailServer, args: oneOrMore, value: { kind: 'bitmask', values: ['plain', 'login', 'cram-md5', 'external', 'none'] }, repeat: 'accumulate', default: ['plain login'], since: '0.5.15', doc: 'en/docs/mail/ngx_mail_smtp_module.html#smtp_auth' },
    smtp_capabilities: { in: mail | mailServer, args: oneOrMore, value: { kind: 'string-list' }, repeat: 'yes', merge: 'list', since: '0.5.15', doc: 'en/docs/mail/ngx_mail_smtp_module.html#smtp_capabilities' },
    smtp_client_buffer: { in: mail | mailServer, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['4k|8k'], since: '0.5.33', doc: 'en/docs/mail/ngx_mail_smtp_module.html#smtp_client_buffer' },
    smtp_greeting_delay: { in: mail | mailServer, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['0'], since: '0.5.33', doc: 'en/docs/mail/ngx_mail_smtp_module.html#smtp_greeting_delay' },
  },
});
