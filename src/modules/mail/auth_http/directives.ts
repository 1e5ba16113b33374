import { take1, take2 } from '../../../schema/arity.ts';
import { mail, mailServer } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_mail_auth_http_module. */
export const mailAuthHttp = defineModule({
  name: 'ngx_mail_auth_http_module',
  directives: {
    auth_http: { in: mail | mailServer, args: take1, value: { kind: 'url', schemes: ['http'] }, repeat: 'last-wins', since: '0.1.35', doc: 'en/docs/mail/ngx_mail_auth_http_module.html#auth_http' },
    auth_http_header: { in: mail | mailServer, args: take2, value: { kind: 'custom' }, repeat: 'yes', merge: 'list', since: '0.3.8', doc: 'en/docs/mail/ngx_mail_auth_http_module.html#auth_http_header' },
    auth_http_pass_client_cert: { in: mail | mailServer, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.7.11', doc: 'en/docs/mail/ngx_mail_auth_http_module.html#auth_http_pass_client_cert' },
    auth_http_timeout: { in: mail | mailServer, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['60s'], since: '0.1.35', doc: 'en/docs/mail/ngx_mail_auth_http_module.html#auth_http_timeout' },
  },
});
