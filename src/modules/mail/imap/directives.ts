import { oneOrMore, take1 } from '../../../schema/arity.ts';
import { mail, mailServer } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_mail_imap_module. */
export const mailImap = defineModule({
  name: 'ngx_mail_imap_module',
  directives: {
    imap_auth: { in: mail | mailServer, args: oneOrMore, value: { kind: 'bitmask', values: ['plain', 'login', 'cram-md5', 'external'] }, repeat: 'accumulate', default: ['plain'], since: '0.5.32', doc: 'en/docs/mail/ngx_mail_imap_module.html#imap_auth' },
    imap_capabilities: { in: mail | mailServer, args: oneOrMore, value: { kind: 'string-list' }, repeat: 'yes', merge: 'list', default: ['IMAP4 IMAP4rev1 UIDPLUS'], since: '0.1.38', doc: 'en/docs/mail/ngx_mail_imap_module.html#imap_capabilities' },
    imap_client_buffer: { in: mail | mailServer, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['4k|8k'], since: '0.1.35', doc: 'en/docs/mail/ngx_mail_imap_module.html#imap_client_buffer' },
  },
});
