import { take1 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { list, value } from '../../../schema/setting.ts';
import { readWord } from '../../../schema/values/enum.ts';
import { readFlag } from '../../../schema/values/flag.ts';
import { readHeaderName } from '../../../schema/values/gateway.ts';

/** The directives of ngx_http_realip_module. */
export const httpRealip = defineModule({
  name: 'ngx_http_realip_module',
  settings: {
    header: value('x-real-ip'),
    recursive: value(false),
    from: list<string>(),
  },
  directives: {
    real_ip_header: { in: http | server | location, args: take1, value: { kind: 'header-name', values: ['X-Real-IP', 'X-Forwarded-For', 'proxy_protocol'], open: true }, repeat: 'no', default: ['X-Real-IP'], since: '0.3.8', doc: 'en/docs/http/ngx_http_realip_module.html#real_ip_header', sets: 'header', read: readHeaderName },
    real_ip_recursive: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.3.0', doc: 'en/docs/http/ngx_http_realip_module.html#real_ip_recursive', sets: 'recursive', read: readFlag },
    set_real_ip_from: { in: http | server | location, args: take1, value: { kind: 'cidr', values: ['unix:'], hostname: true }, repeat: 'yes', merge: 'list', since: '0.3.8', doc: 'en/docs/http/ngx_http_realip_module.html#set_real_ip_from', sets: 'from', read: readWord },
  },
});
