import { oneOrMore, take1, take2 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { list, value } from '../../../schema/setting.ts';
import { readWords } from '../../../schema/values/enum.ts';
import { readFlag } from '../../../schema/values/flag.ts';
import { readSubstitution, type Substitution } from './settings.ts';

/** The directives of ngx_http_sub_filter_module. */
export const httpSubFilter = defineModule({
  name: 'ngx_http_sub_filter_module',
  settings: {
    substitutions: list<Substitution>(),
    once: value(true),
    lastModified: value(false),
    types: list<readonly string[]>(),
  },
  directives: {
    sub_filter: { in: http | server | location, args: take2, value: { kind: 'custom' }, repeat: 'yes', since: '0.5.18', doc: 'en/docs/http/ngx_http_sub_module.html#sub_filter', sets: 'substitutions', read: readSubstitution },
    sub_filter_last_modified: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.5.1', doc: 'en/docs/http/ngx_http_sub_module.html#sub_filter_last_modified', sets: 'lastModified', read: readFlag },
    sub_filter_once: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['on'], since: '0.5.18', doc: 'en/docs/http/ngx_http_sub_module.html#sub_filter_once', sets: 'once', read: readFlag },
    sub_filter_types: { in: http | server | location, args: oneOrMore, value: { kind: 'mime-types' }, repeat: 'accumulate', default: ['text/html'], since: '0.5.18', doc: 'en/docs/http/ngx_http_sub_module.html#sub_filter_types', sets: 'types', read: readWords },
  },
});
