import { oneOrMore } from '../../../schema/arity.ts';
import { mail, mailServer } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_mail_pop3_module. */
export const mailPop3 = defineModule({
  name: 'ngx_mail_pop3_module',
  directives: {
    pop3_auth: { in: mail | mailServer, args: oneOrMore, value: { kind: 'bitmask', values: ['plain', 'apop', 'cram-md5', 'external'] }, repeat: 'accumulate', default: ['plain'], since: '0.5.15', doc: 'en/docs/mail/ngx_mail_pop3_module.html#pop3_auth' },
    pop3_capabilities: { in: mail | mailServer, args: oneOrMore, value: { kind: 'string-list' }, repeat: 'yes', merge: 'list', default: ['TOP USER UIDL'], since: '0.1.38', doc: 'en/docs/mail/ngx_mail_pop3_module.html#pop3_capabilities' },
  },
});
