import { oneOrMore, take1, take12, take123, take2 } from '../../../schema/arity.ts';
import { stream, streamServer } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_stream_ssl_module. */
export const streamSsl = defineModule({
  name: 'ngx_stream_ssl_module',
  directives: {
    ssl_alpn: { in: stream | streamServer, args: oneOrMore, value: { kind: 'custom' }, repeat: 'no', since: '1.21.4', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_alpn' },
    ssl_certificate: { in: stream | streamServer, args: take1, value: { kind: 'string', file: 'conf' }, repeat: 'yes', merge: 'list', since: '1.9.0', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_certificate' },
    ssl_certificate_cache: { in: stream | streamServer, args: take123, value: { kind: 'custom' }, repeat: 'no', default: ['off'], since: '1.27.4', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_certificate_cache' },
    ssl_certificate_compression: { in: stream | streamServer, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.29.1', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_certificate_compression' },
    ssl_certificate_key: { in: stream | streamServer, args: take1, value: { kind: 'string', file: 'conf' }, repeat: 'yes', merge: 'list', since: '1.9.0', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_certificate_key' },
    ssl_ciphers: { in: stream | streamServer, args: take1, value: { kind: 'string' }, repeat: 'no', default: ['HIGH:!aNULL:!MD5'], since: '1.9.0', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_ciphers' },
    ssl_client_certificate: { in: stream | streamServer, args: take1, value: { kind: 'string', file: 'conf' }, repeat: 'no', since: '1.11.8', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_client_certificate' },
    ssl_conf_command: { in: stream | streamServer, args: take2, value: { kind: 'keyval' }, repeat: 'yes', merge: 'list', since: '1.19.4', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_conf_command' },
    ssl_crl: { in: stream | streamServer, args: take1, value: { kind: 'string', file: 'conf' }, repeat: 'no', since: '1.11.8', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_crl' },
    ssl_dhparam: { in: stream | streamServer, args: take1, value: { kind: 'string', file: 'conf' }, repeat: 'no', since: '1.9.0', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_dhparam' },
    ssl_ecdh_curve: { in: stream | streamServer, args: take1, value: { kind: 'string' }, repeat: 'no', default: ['auto'], since: '1.9.0', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_ecdh_curve' },
    ssl_ech_file: { in: stream | streamServer, args: take1, value: { kind: 'string', file: 'conf' }, repeat: 'yes', merge: 'list', since: '1.29.4', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_ech_file' },
    ssl_handshake_timeout: { in: stream | streamServer, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['60s'], since: '1.9.0', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_handshake_timeout' },
    ssl_key_log: { in: stream | streamServer, args: take1, value: { kind: 'path' }, since: '1.27.2', commercial: true, doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_key_log' },
    ssl_ocsp: { in: stream | streamServer, args: take1, value: { kind: 'enum', values: ['off', 'on', 'leaf'] }, repeat: 'no', default: ['off'], since: '1.27.2', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_ocsp' },
    ssl_ocsp_cache: { in: stream | streamServer, args: take1, value: { kind: 'custom' }, repeat: 'no', default: ['off'], since: '1.27.2', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_ocsp_cache' },
    ssl_ocsp_responder: { in: stream | streamServer, args: take1, value: { kind: 'string' }, repeat: 'no', since: '1.27.2', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_ocsp_responder' },
    ssl_password_file: { in: stream | streamServer, args: take1, value: { kind: 'path', file: 'conf' }, repeat: 'no', since: '1.9.0', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_password_file' },
    ssl_prefer_server_ciphers: { in: stream | streamServer, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.9.0', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_prefer_server_ciphers' },
    ssl_protocols: { in: stream | streamServer, args: oneOrMore, value: { kind: 'bitmask', values: ['SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] }, repeat: 'accumulate', default: ['TLSv1.2 TLSv1.3'], since: '1.9.0', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_protocols' },
    ssl_reject_handshake: { in: stream | streamServer, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.25.5', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_reject_handshake' },
    ssl_session_cache: { in: stream | streamServer, args: take12, value: { kind: 'grammar', grammar: 'ssl_session_cache' }, repeat: 'last-wins', default: ['none'], since: '1.9.0', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_session_cache' },
    ssl_session_ticket_key: { in: stream | streamServer, args: take1, value: { kind: 'string', file: 'conf' }, repeat: 'yes', merge: 'list', since: '1.9.0', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_session_ticket_key' },
    ssl_session_tickets: { in: stream | streamServer, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['on'], since: '1.9.0', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_session_tickets' },
    ssl_session_timeout: { in: stream | streamServer, args: take1, value: { kind: 'time', unit: 's' }, repeat: 'no', default: ['5m'], since: '1.9.0', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_session_timeout' },
    ssl_stapling: { in: stream | streamServer, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.27.2', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_stapling' },
    ssl_stapling_file: { in: stream | streamServer, args: take1, value: { kind: 'string', file: 'conf' }, repeat: 'no', since: '1.27.2', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_stapling_file' },
    ssl_stapling_responder: { in: stream | streamServer, args: take1, value: { kind: 'string' }, repeat: 'no', since: '1.27.2', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_stapling_responder' },
    ssl_stapling_verify: { in: stream | streamServer, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.27.2', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_stapling_verify' },
    ssl_trusted_certificate: { in: stream | streamServer, args: take1, value: { kind: 'string', file: 'conf' }, repeat: 'no', since: '1.11.8', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_trusted_certificate' },
    ssl_verify_client: { in: stream | streamServer, args: take1, value: { kind: 'enum', values: ['off', 'on', 'optional', 'optional_no_ca'] }, repeat: 'no', default: ['off'], since: '1.11.8', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_verify_client' },
    ssl_verify_depth: { in: stream | streamServer, args: take1, value: { kind: 'number' }, repeat: 'no', default: ['1'], since: '1.11.8', doc: 'en/docs/stream/ngx_stream_ssl_module.html#ssl_verify_depth' },
  },
});
