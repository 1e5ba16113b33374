import { oneOrMore, take1 } from '../../../schema/arity.ts';
import { http, ifInLocation, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_memc_module (memc). */
export const httpMemc = defineModule({
  name: 'ngx_http_memc_module',
  package: 'memc',
  directives: {
    memc_buffer_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no' },
    memc_cmds_allowed: { in: http | server | location | ifInLocation, args: oneOrMore, value: { kind: 'custom' } },
    memc_connect_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    memc_flags_to_last_modified: { in: location | ifInLocation, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    memc_ignore_client_abort: { in: location | ifInLocation, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    memc_next_upstream: { in: http | server | location, args: oneOrMore, value: { kind: 'bitmask', values: ['error', 'timeout', 'invalid_response', 'not_found', 'off'] } },
    memc_pass: { in: location | ifInLocation, args: take1, value: { kind: 'custom' } },
    memc_read_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    memc_send_timeout: { in: http | server | location, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    memc_upstream_fail_timeout: { in: http | server | location, args: take1, value: { kind: 'custom' } },
    memc_upstream_max_fails: { in: http | server | location, args: take1, value: { kind: 'custom' } },
  },
});
