import { twoOrMore } from '../../../schema/arity.ts';
import { upstream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { own } from '../../../schema/setting.ts';
import { readSticky, type Sticky } from './settings.ts';

/** The directives of ngx_http_upstream_sticky_module. */
export const httpUpstreamSticky = defineModule({
  name: 'ngx_http_upstream_sticky_module',
  settings: {
    sticky: own<Sticky | undefined>(undefined),
  },
  directives: {
    sticky: { in: upstream, args: twoOrMore, value: { kind: 'grammar', grammar: 'sticky' }, repeat: 'no', since: '1.29.6', openSince: '1.29.6', doc: 'en/docs/http/ngx_http_upstream_module.html#sticky', sets: 'sticky', read: readSticky },
  },
});
