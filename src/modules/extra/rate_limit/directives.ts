import { take1, take1234 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_rate_limit_module (rate-limit). */
export const httpRateLimit = defineModule({
  name: 'ngx_http_rate_limit_module',
  package: 'rate-limit',
  directives: {
    rate_limit: { in: http | server | location, args: take1234, value: { kind: 'custom' } },
    rate_limit_buffer_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no' },
    rate_limit_connect_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    rate_limit_headers: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    rate_limit_log_level: { in: http | server | location, args: take1, value: { kind: 'enum', values: ['info', 'notice', 'warn', 'error'] }, repeat: 'no' },
    rate_limit_pass: { in: http | server | location, args: take1, value: { kind: 'custom' } },
    rate_limit_prefix: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
    rate_limit_quantity: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no' },
    rate_limit_read_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    rate_limit_send_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    rate_limit_status: { in: http | server | location, args: take1, value: { kind: 'number' }, repeat: 'no' },
  },
});
