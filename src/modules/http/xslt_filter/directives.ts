import { oneOrMore, take1, take2 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_xslt_filter_module. */
export const httpXsltFilter = defineModule({
  name: 'ngx_http_xslt_filter_module',
  directives: {
    xml_entities: { in: http | server | location, args: take1, value: { kind: 'custom', file: 'cwd' }, repeat: 'no', since: '0.7.8', doc: 'en/docs/http/ngx_http_xslt_module.html#xml_entities' },
    xml_external_entities: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.31.3', doc: 'en/docs/http/ngx_http_xslt_module.html#xml_external_entities' },
    xslt_last_modified: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.5.1', doc: 'en/docs/http/ngx_http_xslt_module.html#xslt_last_modified' },
    xslt_param: { in: http | server | location, args: take2, value: { kind: 'custom' }, repeat: 'yes', merge: 'list', since: '1.1.18', doc: 'en/docs/http/ngx_http_xslt_module.html#xslt_param' },
    xslt_string_param: { in: http | server | location, args: take2, value: { kind: 'custom' }, repeat: 'yes', merge: 'list', since: '1.1.18', doc: 'en/docs/http/ngx_http_xslt_module.html#xslt_string_param' },
    xslt_stylesheet: { in: location, args: oneOrMore, value: { kind: 'custom', file: 'prefix' }, repeat: 'yes', merge: 'list', since: '0.7.8', doc: 'en/docs/http/ngx_http_xslt_module.html#xslt_stylesheet' },
    xslt_types: { in: http | server | location, args: oneOrMore, value: { kind: 'mime-types' }, repeat: 'accumulate', merge: 'list', default: ['text/xml'], since: '0.7.8', doc: 'en/docs/http/ngx_http_xslt_module.html#xslt_types' },
  },
});
