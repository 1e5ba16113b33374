import { oneOrMore, take1, take12 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { list, value } from '../../../schema/setting.ts';
import { readWord, readWords } from '../../../schema/values/enum.ts';
import { type ModernBrowser, readModern } from './settings.ts';

/** The directives of ngx_http_browser_module. */
export const httpBrowser = defineModule({
  name: 'ngx_http_browser_module',
  settings: {
    modern: list<ModernBrowser | 'unlisted'>(),
    ancient: list<readonly string[]>(),
    modernValue: value('1'),
    ancientValue: value('1'),
  },
  directives: {
    ancient_browser: { in: http | server | location, args: oneOrMore, value: { kind: 'custom' }, repeat: 'yes', merge: 'list', since: '0.4.3', doc: 'en/docs/http/ngx_http_browser_module.html#ancient_browser', sets: 'ancient', read: readWords },
    ancient_browser_value: { in: http | server | location, args: take1, value: { kind: 'custom' }, repeat: 'last-wins', default: ['1'], since: '0.4.3', doc: 'en/docs/http/ngx_http_browser_module.html#ancient_browser_value', sets: 'ancientValue', read: readWord },
    modern_browser: { in: http | server | location, args: take12, value: { kind: 'custom' }, repeat: 'yes', merge: 'list', since: '0.4.3', doc: 'en/docs/http/ngx_http_browser_module.html#modern_browser', sets: 'modern', read: readModern },
    modern_browser_value: { in: http | server | location, args: take1, value: { kind: 'custom' }, repeat: 'last-wins', default: ['1'], since: '0.4.3', doc: 'en/docs/http/ngx_http_browser_module.html#modern_browser_value', sets: 'modernValue', read: readWord },
  },
});
