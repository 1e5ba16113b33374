import { anyNumber, none, take1, take12, twoOrMore } from '../../../schema/arity.ts';
import { ifInLocation, location } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_echo_module (echo). */
export const httpEcho = defineModule({
  name: 'ngx_http_echo_module',
  package: 'echo',
  directives: {
    echo: { in: location | ifInLocation, args: anyNumber, value: { kind: 'custom' } },
    echo_abort_parent: { in: location | ifInLocation, args: none, value: { kind: 'custom' } },
    echo_after_body: { in: location | ifInLocation, args: anyNumber, value: { kind: 'custom' } },
    echo_before_body: { in: location | ifInLocation, args: anyNumber, value: { kind: 'custom' } },
    echo_blocking_sleep: { in: location | ifInLocation, args: take1, value: { kind: 'custom' } },
    echo_duplicate: { in: location | ifInLocation, args: twoOrMore, value: { kind: 'custom' } },
    echo_end: { in: location | ifInLocation, args: none, value: { kind: 'custom' } },
    echo_exec: { in: location | ifInLocation, args: take12, value: { kind: 'custom' } },
    echo_flush: { in: location | ifInLocation, args: none, value: { kind: 'custom' } },
    echo_foreach_split: { in: location | ifInLocation, args: twoOrMore, value: { kind: 'custom' } },
    echo_location: { in: location | ifInLocation, args: take12, value: { kind: 'custom' } },
    echo_location_async: { in: location | ifInLocation, args: take12, value: { kind: 'custom' } },
    echo_read_request_body: { in: location | ifInLocation, args: none, value: { kind: 'custom' } },
    echo_request_body: { in: location | ifInLocation, args: none, value: { kind: 'custom' } },
    echo_reset_timer: { in: location | ifInLocation, args: none, value: { kind: 'custom' } },
    echo_sleep: { in: location | ifInLocation, args: take1, value: { kind: 'custom' } },
    echo_status: { in: location | ifInLocation, args: take1, value: { kind: 'number' }, repeat: 'no' },
    echo_subrequest: { in: location | ifInLocation, args: twoOrMore, value: { kind: 'custom' } },
    echo_subrequest_async: { in: location | ifInLocation, args: twoOrMore, value: { kind: 'custom' } },
  },
});
