import { none } from '../../../schema/arity.ts';
import { mail, main } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_mail_module. */
export const mailModule = defineModule({
  name: 'ngx_mail_module',
  directives: {
    imap: { in: main, args: none, block: { opens: mail }, value: { kind: 'custom' }, since: '0.1.0', until: '1.9.1' },
    mail: { in: main, args: none, block: { opens: mail }, value: { kind: 'custom' }, repeat: 'no', merge: 'own', since: '0.5.15', doc: 'en/docs/mail/ngx_mail_core_module.html#mail' },
  },
});
