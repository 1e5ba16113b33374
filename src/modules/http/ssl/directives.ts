import { oneOrMore, take1, take12, take123, take2 } from '../../../schema/arity.ts';
import { http, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_ssl_module. */
export const httpSsl = defineModule({
  name: 'ngx_http_ssl_module',
  directives: {
    ssl: { in: http | server, args: take1, value: { kind: 'custom' }, default: ['off'], since: '0.1.0', until: '1.25.1', deprecated: { since: '1.15.0', replacement: 'listen ... ssl', effect: 'warn' }, doc: 'en/docs/http/ngx_http_ssl_module.html#ssl' },
    ssl_buffer_size: { in: http | server, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['16k'], since: '1.5.9', doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_buffer_size' },
    ssl_certificate: { in: http | server, args: take1, value: { kind: 'string', file: 'conf' }, repeat: 'yes', merge: 'list', since: '0.1.0', doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_certificate' },
    ssl_certificate_cache: { in: http | server, args: take123, value: { kind: 'custom' }, repeat: 'no', default: ['off'], since: '1.27.4', doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_certificate_cache' },
    ssl_certificate_compression: { in: http | server, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.29.1', doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_certificate_compression' },
    ssl_certificate_key: { in: http | server, args: take1, value: { kind: 'string', file: 'conf' }, repeat: 'yes', merge: 'list', since: '0.1.0', doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_certificate_key' },
    ssl_ciphers: { in: http | server, args: take1, value: { kind: 'string' }, repeat: 'no', default: ['HIGH:!aNULL:!MD5'], since: '0.1.14', doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_ciphers' },
    ssl_client_certificate: { in: http | server, args: take1, value: { kind: 'string', file: 'conf' }, repeat: 'no', since: '0.3.45', doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_client_certificate' },
    ssl_conf_command: { in: http | server, args: take2, value: { kind: 'keyval' }, repeat: 'yes', merge: 'list', since: '1.19.4', doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_conf_command' },
    ssl_crl: { in: http | server, args: take1, value: { kind: 'string', file: 'conf' }, repeat: 'no', since: '0.7.63', doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_crl' },
    ssl_dhparam: { in: http | server, args: take1, value: { kind: 'string', file: 'conf' }, repeat: 'no', since: '0.7.2', doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_dhparam' },
    ssl_early_data: { in: http | server, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.15.3', doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_early_data' },
    ssl_ecdh_curve: { in: http | server, args: take1, value: { kind: 'string' }, repeat: 'no', default: ['auto'], since: '1.1.0', doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_ecdh_curve' },
    ssl_ech_file: { in: http | server, args: take1, value: { kind: 'string', file: 'conf' }, repeat: 'yes', merge: 'list', since: '1.29.4', doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_ech_file' },
    ssl_key_log: { in: http | server, args: take1, value: { kind: 'path' }, since: '1.27.2', commercial: true, doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_key_log' },
    ssl_ocsp: { in: http | server, args: take1, value: { kind: 'enum', values: ['off', 'on', 'leaf'] }, repeat: 'no', default: ['off'], since: '1.19.0', doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_ocsp' },
    ssl_ocsp_cache: { in: http | server, args: take1, value: { kind: 'custom' }, repeat: 'no', default: ['off'], since: '1.19.0', doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_ocsp_cache' },
    ssl_ocsp_responder: { in: http | server, args: take1, value: { kind: 'string' }, repeat: 'no', since: '1.19.0', doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_ocsp_responder' },
    ssl_password_file: { in: http | server, args: take1, value: { kind: 'path', file: 'conf' }, repeat: 'no', since: '1.7.3', doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_password_file' },
    ssl_prefer_server_ciphers: { in: http | server, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '0.2.2', doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_prefer_server_ciphers' },
    ssl_protocols: { in: http | server, args: oneOrMore, value: { kind: 'bitmask', values: ['SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] }, repeat: 'accumulate', default: ['TLSv1.2 TLSv1.3'], since: '0.2.2', doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_protocols' },
    ssl_reject_handshake: { in: http | server, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.19.4', doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_reject_handshake' },
    ssl_session_cache: { in: http | server, args: take12, value: { kind: 'grammar', grammar: 'ssl_session_cache' }, repeat: 'last-wins', default: ['none'], since: '0.7.63', doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_session_cache' },
    ssl_session_ticket_key: { in: http | server, args: take1, value: { kind: 'string', file: 'conf' }, repeat: 'yes', merge: 'list', since: '1.5.7', doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_session_ticket_key' },
    ssl_session_tickets: { in: http | server, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['on'], since: '1.5.9', doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_session_tickets' },
    ssl_session_timeout: { in: http | server, args: take1, value: { kind: 'time', unit: 's' }, repeat: 'no', default: ['5m'], since: '0.7.63', doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_session_timeout' },
    ssl_stapling: { in: http | server, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.3.7', doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_stapling' },
    ssl_stapling_file: { in: http | server, args: take1, value: { kind: 'string', file: 'conf' }, repeat: 'no', since: '1.3.7', doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_stapling_file' },
    ssl_stapling_responder: { in: http | server, args: take1, value: { kind: 'string' }, repeat: 'no', since: '1.3.7', doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_stapling_responder' },
    ssl_stapling_verify: { in: http | server, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.3.7', doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_stapling_verify' },
    ssl_trusted_certificate: { in: http | server, args: take1, value: { kind: 'string', file: 'conf' }, repeat: 'no', since: '1.3.7', doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_trusted_certificate' },
    ssl_verify_client: { in: http | server, args: take1, value: { kind: 'enum', values: ['off', 'on', 'optional', 'optional_no_ca'] }, repeat: 'no', default: ['off'], since: '0.3.45', doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_verify_client' },
    ssl_verify_depth: { in: http | server, args: take1, value: { kind: 'number' }, repeat: 'no', default: ['1'], since: '0.3.45', changes: [{ before: '1.5.9', args: oneOrMore }], doc: 'en/docs/http/ngx_http_ssl_module.html#ssl_verify_depth' },
  },
});
