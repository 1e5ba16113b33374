import { none } from '../../../schema/arity.ts';
import { upstream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { own } from '../../../schema/setting.ts';
import { present } from '../../../schema/values/enum.ts';

/** The directives of ngx_http_upstream_ip_hash_module. */
export const httpUpstreamIpHash = defineModule({
  name: 'ngx_http_upstream_ip_hash_module',
  settings: {
    ipHash: own(false),
  },
  directives: {
    ip_hash: { in: upstream, args: none, value: { kind: 'none' }, repeat: 'last-wins-warn', since: '0.5.0', doc: 'en/docs/http/ngx_http_upstream_module.html#ip_hash', sets: 'ipHash', read: present },
  },
});
