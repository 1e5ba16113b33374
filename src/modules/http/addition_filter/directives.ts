import { oneOrMore, take1 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { list, value } from '../../../schema/setting.ts';
import { readWord, readWords } from '../../../schema/values/enum.ts';

/** The directives of ngx_http_addition_filter_module. */
export const httpAdditionFilter = defineModule({
  name: 'ngx_http_addition_filter_module',
  settings: { after: value(''), before: value(''), types: list<readonly string[]>() },
  directives: {
    add_after_body: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no', since: '0.3.36', doc: 'en/docs/http/ngx_http_addition_module.html#add_after_body', sets: 'after', read: readWord },
    add_before_body: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no', since: '0.3.36', doc: 'en/docs/http/ngx_http_addition_module.html#add_before_body', sets: 'before', read: readWord },
    addition_types: { in: http | server | location, args: oneOrMore, value: { kind: 'mime-types' }, repeat: 'accumulate', default: ['text/html'], since: '0.7.65', doc: 'en/docs/http/ngx_http_addition_module.html#addition_types', sets: 'types', read: readWords },
    addtion_types: { in: http | server | location, args: oneOrMore, value: { kind: 'mime-types' }, since: '0.7.9', until: '0.8.16' },
  },
});
