import { take12 } from '../../../schema/arity.ts';
import { upstream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { own } from '../../../schema/setting.ts';
import { readWord } from '../../../schema/values/enum.ts';

/** The directives of ngx_http_upstream_zone_module. */
export const httpUpstreamZone = defineModule({
  name: 'ngx_http_upstream_zone_module',
  settings: {
    zone: own<string | undefined>(undefined),
  },
  directives: {
    zone: { in: upstream, args: take12, value: { kind: 'grammar', grammar: 'zone' }, repeat: 'last-wins', since: '1.9.0', doc: 'en/docs/http/ngx_http_upstream_module.html#zone', sets: 'zone', read: readWord },
  },
});
