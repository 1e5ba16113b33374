import { oneOrMore, take1 } from '../../../schema/arity.ts';
import { location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { list } from '../../../schema/setting.ts';

/** The directives of ngx_http_referer_module. */
export const httpReferer = defineModule({
  name: 'ngx_http_referer_module',
  settings: {
    valid: list<readonly string[]>(),
  },
  directives: {
    referer_hash_bucket_size: { in: server | location, args: take1, value: { kind: 'number' }, repeat: 'no', default: ['64'], since: '1.1.0', doc: 'en/docs/http/ngx_http_referer_module.html#referer_hash_bucket_size' },
    referer_hash_max_size: { in: server | location, args: take1, value: { kind: 'number' }, repeat: 'no', default: ['2048'], since: '1.1.0', doc: 'en/docs/http/ngx_http_referer_module.html#referer_hash_max_size' },
    valid_referers: { in: server | location, args: oneOrMore, value: { kind: 'grammar', grammar: 'valid_referers' }, repeat: 'yes', merge: 'list', since: '0.1.17', doc: 'en/docs/http/ngx_http_referer_module.html#valid_referers', sets: 'valid', read: (words) => words },
  },
});
