import { none, oneOrMore, take1 } from '../../../schema/arity.ts';
import { stream, streamServer } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_stream_core_module. */
export const streamCore = defineModule({
  name: 'ngx_stream_core_module',
  directives: {
    error_log: { in: stream | streamServer, args: oneOrMore, value: { kind: 'grammar', grammar: 'error_log', file: 'prefix' }, repeat: 'yes', merge: 'list', default: ['logs/error.log error'], since: '1.9.0', doc: 'en/docs/ngx_core_module.html#error_log' },
    listen: { in: streamServer, args: oneOrMore, value: { kind: 'grammar', grammar: 'listen_stream' }, repeat: 'yes-unique-address', merge: 'own', since: '1.9.0', doc: 'en/docs/stream/ngx_stream_core_module.html#listen' },
    preread_buffer_size: { in: stream | streamServer, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['16k'], since: '1.11.5', doc: 'en/docs/stream/ngx_stream_core_module.html#preread_buffer_size' },
    preread_timeout: { in: stream | streamServer, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['30s'], since: '1.11.5', doc: 'en/docs/stream/ngx_stream_core_module.html#preread_timeout' },
    proxy_protocol_timeout: { in: stream | streamServer, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['30s'], since: '1.11.4', doc: 'en/docs/stream/ngx_stream_core_module.html#proxy_protocol_timeout' },
    resolver: { in: stream | streamServer, args: oneOrMore, value: { kind: 'grammar', grammar: 'resolver' }, repeat: 'no', since: '1.11.3', doc: 'en/docs/stream/ngx_stream_core_module.html#resolver' },
    resolver_timeout: { in: stream | streamServer, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['30s'], since: '1.11.3', doc: 'en/docs/stream/ngx_stream_core_module.html#resolver_timeout' },
    server: { in: stream, args: none, block: { opens: streamServer }, value: { kind: 'custom' }, repeat: 'yes', merge: 'own', since: '1.9.0', doc: 'en/docs/stream/ngx_stream_core_module.html#server' },
    server_name: { in: streamServer, args: oneOrMore, value: { kind: 'grammar', grammar: 'server_name' }, repeat: 'yes', merge: 'own', default: ['""'], since: '1.25.5', doc: 'en/docs/stream/ngx_stream_core_module.html#server_name' },
    server_names_hash_bucket_size: { in: stream, args: take1, value: { kind: 'number' }, repeat: 'no', merge: 'own', default: ['32|64|128'], since: '1.25.5', doc: 'en/docs/stream/ngx_stream_core_module.html#server_names_hash_bucket_size' },
    server_names_hash_max_size: { in: stream, args: take1, value: { kind: 'number' }, repeat: 'no', merge: 'own', default: ['512'], since: '1.25.5', doc: 'en/docs/stream/ngx_stream_core_module.html#server_names_hash_max_size' },
    tcp_nodelay: { in: stream | streamServer, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['on'], since: '1.9.4', doc: 'en/docs/stream/ngx_stream_core_module.html#tcp_nodelay' },
    variables_hash_bucket_size: { in: stream, args: take1, value: { kind: 'number' }, repeat: 'no', merge: 'own', default: ['64'], since: '1.11.2', doc: 'en/docs/stream/ngx_stream_core_module.html#variables_hash_bucket_size' },
    variables_hash_max_size: { in: stream, args: take1, value: { kind: 'number' }, repeat: 'no', merge: 'own', default: ['1024'], since: '1.11.2', doc: 'en/docs/stream/ngx_stream_core_module.html#variables_hash_max_size' },
  },
});
