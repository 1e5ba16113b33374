import { effectiveFor } from '../../../model/inherited.ts';
import { spanOfHead } from '../../../model/place.ts';
import { type Scope, useIn } from '../../../model/scope.ts';
import { replace } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

const hiding = ['proxy_hide_header', 'fastcgi_hide_header', 'uwsgi_hide_header', 'scgi_hide_header', 'grpc_hide_header'];

export const addHeaderContentType = defineRule({
  id: 'add-header-content-type',
  category: 'security',
  severity: 'info',
  summary: 'Content-Type by add_header: the answer then has two of them',
  fixable: 'unsafe',
  presets: ['recommended', 'security'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#default_type',
    'https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header',
  ],
  on: {
    add_header({ directive, scope }, { report }) {
      const [name = '', value = ''] = directive.args;
      if (name.toLowerCase() !== 'content-type' || value === '' || hidesType(scope)) return;
      const written = directive.node.args[1];
      report({
        span: spanOfHead(directive),
        message: 'the answer gets a second Content-Type',
        why: "add_header adds, it does not replace: nginx's own Content-Type, or the back end's, is sent as well, and clients choose.",
        help: `write "default_type ${value};"`,
        fix:
          written && !useIn(scope, 'default_type')
            ? {
                title: 'set the type instead',
                safety: 'unsafe',
                edits: [
                  replace(spanOfHead(directive), `default_type ${directive.source.text.slice(written.start, written.end)}`),
                ],
              }
            : undefined,
      });
    },
  },
});

/** The back end's own is taken away, so that the added one stays alone. */
function hidesType(scope: Scope): boolean {
  return hiding.some((directive) => effectiveFor(scope, directive, 'Content-Type') !== undefined);
}
