import { take1 } from '../../../schema/arity.ts';
import { mail, mailServer } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_mail_realip_module. */
export const mailRealip = defineModule({
  name: 'ngx_mail_realip_module',
  directives: {
    set_real_ip_from: { in: mail | mailServer, args: take1, value: { kind: 'cidr', values: ['unix:'], hostname: true }, repeat: 'yes', merge: 'list', since: '1.19.8', doc: 'en/docs/mail/ngx_mail_realip_module.html#set_real_ip_from' },
  },
});
