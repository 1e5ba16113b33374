import { from, oneOrMore, take1, take2 } from '../../../schema/arity.ts';
import { http, location, server, upstream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_upstream_check_module. */
export const httpUpstreamCheck = defineModule({
  name: 'ngx_http_upstream_check_module',
  directives: {
    check: { in: upstream, args: oneOrMore, value: { kind: 'grammar', grammar: 'check' }, repeat: 'last-wins', merge: 'own' },
    check_fastcgi_param: { in: upstream, args: take2, value: { kind: 'keyval' }, repeat: 'yes', merge: 'own', default: ['REQUEST_METHOD GET', 'REQUEST_URI /', 'SCRIPT_FILENAME index.php'] },
    check_http_expect_alive: { in: upstream, args: oneOrMore, value: { kind: 'bitmask', values: ['http_2xx', 'http_3xx', 'http_4xx', 'http_5xx'] }, repeat: 'accumulate', merge: 'own', default: ['http_2xx http_3xx'] },
    check_http_send: { in: upstream, args: take1, value: { kind: 'string' }, repeat: 'last-wins', merge: 'own', default: ['"GET / HTTP/1.0\\r\\n\\r\\n"'] },
    check_keepalive_requests: { in: upstream, args: take1, value: { kind: 'number', min: 1 }, repeat: 'last-wins', merge: 'own', default: ['1'] },
    check_shm_size: { in: http, args: take1, value: { kind: 'size', minEffective: 1048576 }, repeat: 'no', merge: 'own', default: ['1m'] },
    check_status: { in: server | location, args: from(0, 1), value: { kind: 'enum', values: ['html', 'csv', 'json'] }, repeat: 'last-wins', merge: 'if' },
  },
});
