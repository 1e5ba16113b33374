import { take12 } from '../../../schema/arity.ts';
import { upstream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { own } from '../../../schema/setting.ts';
import { type Hash, readHash } from './settings.ts';

/** The directives of ngx_http_upstream_hash_module. */
export const httpUpstreamHash = defineModule({
  name: 'ngx_http_upstream_hash_module',
  settings: {
    hash: own<Hash | undefined>(undefined),
  },
  directives: {
    hash: { in: upstream, args: take12, value: { kind: 'grammar', grammar: 'hash' }, repeat: 'last-wins-warn', since: '1.7.2', doc: 'en/docs/http/ngx_http_upstream_module.html#hash', sets: 'hash', read: readHash },
  },
});
