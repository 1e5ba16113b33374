import { none, oneOrMore, take1, take12, take2 } from '../../../schema/arity.ts';
import { stream, streamServer } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_stream_zone_sync_module. */
export const streamZoneSync = defineModule({
  name: 'ngx_stream_zone_sync_module',
  directives: {
    zone_sync: { in: streamServer, args: none, value: { kind: 'none' }, since: '1.13.8', commercial: true, doc: 'en/docs/stream/ngx_stream_zone_sync_module.html#zone_sync' },
    zone_sync_buffers: { in: stream | streamServer, args: take2, value: { kind: 'bufs' }, default: ['8 4k|8k'], since: '1.13.8', commercial: true, doc: 'en/docs/stream/ngx_stream_zone_sync_module.html#zone_sync_buffers' },
    zone_sync_connect_retry_interval: { in: stream | streamServer, args: take1, value: { kind: 'time' }, default: ['1s'], since: '1.13.8', commercial: true, doc: 'en/docs/stream/ngx_stream_zone_sync_module.html#zone_sync_connect_retry_interval' },
    zone_sync_connect_timeout: { in: stream | streamServer, args: take1, value: { kind: 'time' }, default: ['5s'], since: '1.13.8', commercial: true, doc: 'en/docs/stream/ngx_stream_zone_sync_module.html#zone_sync_connect_timeout' },
    zone_sync_interval: { in: stream | streamServer, args: take1, value: { kind: 'time' }, default: ['1s'], since: '1.13.8', commercial: true, doc: 'en/docs/stream/ngx_stream_zone_sync_module.html#zone_sync_interval' },
    zone_sync_recv_buffer_size: { in: stream | streamServer, args: take1, value: { kind: 'size' }, default: ['4k|8k'], since: '1.13.8', commercial: true, doc: 'en/docs/stream/ngx_stream_zone_sync_module.html#zone_sync_recv_buffer_size' },
    zone_sync_server: { in: streamServer, args: take12, value: { kind: 'custom' }, since: '1.13.8', commercial: true, doc: 'en/docs/stream/ngx_stream_zone_sync_module.html#zone_sync_server' },
    zone_sync_ssl: { in: stream | streamServer, args: take1, value: { kind: 'flag' }, default: ['off'], since: '1.13.8', commercial: true, doc: 'en/docs/stream/ngx_stream_zone_sync_module.html#zone_sync_ssl' },
    zone_sync_ssl_certificate: { in: stream | streamServer, args: take1, value: { kind: 'path' }, since: '1.13.8', commercial: true, doc: 'en/docs/stream/ngx_stream_zone_sync_module.html#zone_sync_ssl_certificate' },
    zone_sync_ssl_certificate_key: { in: stream | streamServer, args: take1, value: { kind: 'path' }, since: '1.13.8', commercial: true, doc: 'en/docs/stream/ngx_stream_zone_sync_module.html#zone_sync_ssl_certificate_key' },
    zone_sync_ssl_ciphers: { in: stream | streamServer, args: take1, value: { kind: 'string' }, default: ['DEFAULT'], since: '1.13.8', commercial: true, doc: 'en/docs/stream/ngx_stream_zone_sync_module.html#zone_sync_ssl_ciphers' },
    zone_sync_ssl_conf_command: { in: stream | streamServer, args: take2, value: { kind: 'keyval' }, since: '1.19.4', commercial: true, doc: 'en/docs/stream/ngx_stream_zone_sync_module.html#zone_sync_ssl_conf_command' },
    zone_sync_ssl_crl: { in: stream | streamServer, args: take1, value: { kind: 'path' }, since: '1.13.8', commercial: true, doc: 'en/docs/stream/ngx_stream_zone_sync_module.html#zone_sync_ssl_crl' },
    zone_sync_ssl_name: { in: stream | streamServer, args: take1, value: { kind: 'string' }, default: ['host from zone_sync_server'], since: '1.15.7', commercial: true, doc: 'en/docs/stream/ngx_stream_zone_sync_module.html#zone_sync_ssl_name' },
    zone_sync_ssl_password_file: { in: stream | streamServer, args: take1, value: { kind: 'path' }, since: '1.13.8', commercial: true, doc: 'en/docs/stream/ngx_stream_zone_sync_module.html#zone_sync_ssl_password_file' },
    zone_sync_ssl_protocols: { in: stream | streamServer, args: oneOrMore, value: { kind: 'custom' }, default: ['TLSv1.2 TLSv1.3'], since: '1.13.8', commercial: true, doc: 'en/docs/stream/ngx_stream_zone_sync_module.html#zone_sync_ssl_protocols' },
    zone_sync_ssl_server_name: { in: stream | streamServer, args: take1, value: { kind: 'flag' }, default: ['off'], since: '1.15.7', commercial: true, doc: 'en/docs/stream/ngx_stream_zone_sync_module.html#zone_sync_ssl_server_name' },
    zone_sync_ssl_trusted_certificate: { in: stream | streamServer, args: take1, value: { kind: 'path' }, since: '1.13.8', commercial: true, doc: 'en/docs/stream/ngx_stream_zone_sync_module.html#zone_sync_ssl_trusted_certificate' },
    zone_sync_ssl_verify: { in: stream | streamServer, args: take1, value: { kind: 'flag' }, default: ['off'], since: '1.13.8', commercial: true, doc: 'en/docs/stream/ngx_stream_zone_sync_module.html#zone_sync_ssl_verify' },
    zone_sync_ssl_verify_depth: { in: stream | streamServer, args: take1, value: { kind: 'number' }, default: ['1'], since: '1.13.8', commercial: true, doc: 'en/docs/stream/ngx_stream_zone_sync_module.html#zone_sync_ssl_verify_depth' },
    zone_sync_timeout: { in: stream | streamServer, args: take1, value: { kind: 'time' }, default: ['5s'], since: '1.13.8', commercial: true, doc: 'en/docs/stream/ngx_stream_zone_sync_module.html#zone_sync_timeout' },
  },
});
