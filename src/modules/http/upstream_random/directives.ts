import { from } from '../../../schema/arity.ts';
import { upstream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { own } from '../../../schema/setting.ts';
import { readRandom } from './settings.ts';

/** The directives of ngx_http_upstream_random_module. */
export const httpUpstreamRandom = defineModule({
  name: 'ngx_http_upstream_random_module',
  settings: {
    random: own<'one' | 'two' | undefined>(undefined),
  },
  directives: {
    random: { in: upstream, args: from(0, 2), value: { kind: 'grammar', grammar: 'random' }, repeat: 'last-wins-warn', since: '1.15.1', doc: 'en/docs/http/ngx_http_upstream_module.html#random', sets: 'random', read: readRandom },
  },
});
