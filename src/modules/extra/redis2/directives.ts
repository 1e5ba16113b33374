import { oneOrMore, take1, take2 } from '../../../schema/arity.ts';
import { http, ifInLocation, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_redis2_module (redis2). */
export const httpRedis2 = defineModule({
  name: 'ngx_http_redis2_module',
  package: 'redis2',
  directives: {
    redis2_bind: { in: http | server | location, args: take1, value: { kind: 'bind', variables: true }, repeat: 'no' },
    redis2_buffer_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no' },
    redis2_connect_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    redis2_literal_raw_query: { in: location | ifInLocation, args: take1, value: { kind: 'string' }, repeat: 'no' },
    redis2_next_upstream: { in: http | server | location, args: oneOrMore, value: { kind: 'bitmask', values: ['error', 'timeout', 'invalid_response', 'not_found', 'off'] } },
    redis2_pass: { in: location | ifInLocation, args: take1, value: { kind: 'custom' } },
    redis2_query: { in: location | ifInLocation, args: oneOrMore, value: { kind: 'custom' } },
    redis2_raw_queries: { in: location | ifInLocation, args: take2, value: { kind: 'custom' } },
    redis2_raw_query: { in: location | ifInLocation, args: take1, value: { kind: 'custom' } },
    redis2_read_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    redis2_send_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
  },
});
