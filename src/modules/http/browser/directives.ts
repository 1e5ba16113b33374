import { oneOrMore, take1, take12 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_browser_module. */
export const httpBrowser = defineModule({
  name: 'ngx_http_browser_module',
  directives: {
    ancient_browser: { in: http | server | location, args: oneOrMore, value: { kind: 'custom' }, repeat: 'yes', merge: 'list', since: '0.4.3', doc: 'en/docs/http/ngx_http_browser_module.html#ancient_browser' },
    ancient_browser_value: { in: http | server | location, args: take1, value: { kind: 'custom' }, repeat: 'last-wins', default: ['1'], since: '0.4.3', doc: 'en/docs/http/ngx_http_browser_module.html#ancient_browser_value' },
    modern_browser: { in: http | server | location, args: take12, value: { kind: 'custom' }, repeat: 'yes', merge: 'list', since: '0.4.3', doc: 'en/docs/http/ngx_http_browser_module.html#modern_browser' },
    modern_browser_value: { in: http | server | location, args: take1, value: { kind: 'custom' }, repeat: 'last-wins', default: ['1'], since: '0.4.3', doc: 'en/docs/http/ngx_http_browser_module.html#modern_browser_value' },
  },
});
