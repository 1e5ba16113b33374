import { take1 } from '../../../schema/arity.ts';
import { mail, mailServer } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_mail_proxy_module. */
export const mailProxy = defineModule({
  name: 'ngx_mail_proxy_module',
  directives: {
    proxy: { in: mail | mailServer, args: take1, value: { kind: 'flag' }, repeat: 'no', since: '0.1.35' },
    proxy_buffer: { in: mail | mailServer, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['4k|8k'], since: '0.1.35', doc: 'en/docs/mail/ngx_mail_proxy_module.html#proxy_buffer' },
    proxy_pass_error_message: { in: mail | mailServer, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '0.4.14', doc: 'en/docs/mail/ngx_mail_proxy_module.html#proxy_pass_error_message' },
    proxy_protocol: { in: mail | mailServer, args: take1, value: { kind: 'enum', values: ['off', 'on', 'v2'] }, repeat: 'no', default: ['off'], since: '1.19.8', changes: [{ before: '1.31.4', value: { kind: 'flag' } }], doc: 'en/docs/mail/ngx_mail_proxy_module.html#proxy_protocol' },
    proxy_smtp_auth: { in: mail | mailServer, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.19.4', doc: 'en/docs/mail/ngx_mail_proxy_module.html#proxy_smtp_auth' },
    proxy_timeout: { in: mail | mailServer, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['24h'], since: '0.1.44', doc: 'en/docs/mail/ngx_mail_proxy_module.html#proxy_timeout' },
    xclient: { in: mail | mailServer, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['on'], since: '0.5.15', doc: 'en/docs/mail/ngx_mail_proxy_module.html#xclient' },
  },
});
