import { from, oneOrMore, take1, take2 } from '../../../schema/arity.ts';
import { http, location, server, upstream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { handlerOf, own, ownList } from '../../../schema/setting.ts';
import { readWord } from '../../../schema/values/enum.ts';
import { readSize } from '../../../schema/values/size.ts';
import { type Check, readCheck, readCheckParam, readExpectedClasses, readKeepaliveRequests, readStatusPage, type StatusPage } from './settings.ts';

/** The directives of ngx_http_upstream_check_module. */
export const httpUpstreamCheck = defineModule({
  name: 'ngx_http_upstream_check_module',
  settings: {
    check: own<Check | undefined>(undefined),
    expectAlive: ownList<readonly number[]>(),
    fastcgiParams: ownList<readonly [string, string]>(),
    keepaliveRequests: own(1),
    send: own(''),
    shmSize: own(1024 ** 2),
    status: handlerOf<StatusPage>(),
  },
  directives: {
    check: { in: upstream, args: oneOrMore, value: { kind: 'grammar', grammar: 'check' }, repeat: 'last-wins', sets: 'check', read: readCheck },
    check_fastcgi_param: { in: upstream, args: take2, value: { kind: 'keyval' }, repeat: 'yes', default: ['REQUEST_METHOD GET', 'REQUEST_URI /', 'SCRIPT_FILENAME index.php'], sets: 'fastcgiParams', read: readCheckParam },
    check_http_expect_alive: { in: upstream, args: oneOrMore, value: { kind: 'bitmask', values: ['http_2xx', 'http_3xx', 'http_4xx', 'http_5xx'] }, repeat: 'accumulate', default: ['http_2xx http_3xx'], sets: 'expectAlive', read: readExpectedClasses },
    check_http_send: { in: upstream, args: take1, value: { kind: 'string' }, repeat: 'last-wins', default: ['"GET / HTTP/1.0\\r\\n\\r\\n"'], sets: 'send', read: readWord },
    check_keepalive_requests: { in: upstream, args: take1, value: { kind: 'number', min: 1 }, repeat: 'last-wins', default: ['1'], sets: 'keepaliveRequests', read: readKeepaliveRequests },
    check_shm_size: { in: http, args: take1, value: { kind: 'size', minEffective: 1048576 }, repeat: 'no', default: ['1m'], sets: 'shmSize', read: readSize },
    check_status: { in: server | location, args: from(0, 1), value: { kind: 'enum', values: ['html', 'csv', 'json'] }, repeat: 'last-wins', sets: 'status', read: readStatusPage },
  },
});
