import { hashKeyOf } from '../../../model/hash-key.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { defineRule } from '../../rule.ts';

/** What a request need not have; Host it must. */
const optional = /^(cookie_|arg_|http_(?!host$))/;

export const hashKeyMayBeEmpty = defineRule({
  id: 'hash-key-may-be-empty',
  category: 'load-balancing',
  severity: 'info',
  summary: 'a hash of a cookie, argument or header that a request may lack',
  fixable: false,
  presets: ['load-balancing'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#hash'],
  needs: ['upstream'],
  check({ references, report }) {
    for (const upstream of references.upstreams) {
      const key = hashKeyOf(upstream);
      const isOnlyOptional = key && key.variables.length > 0 && key.variables.every((name) => optional.test(name));
      if (!isOnlyOptional || upstream.primaries.length < 2 || /[^$\w{}]/.test(key.text)) continue;
      const [variable = ''] = key.variables;
      report({
        span: spanOfArgument(key.use.directive, 0),
        message: `requests without ${key.text} are spread by round robin`,
        why: 'nginx does not hash an empty key. A client that has no cookie yet gets another server with each request until it has one.',
        help: `give such requests a key: "map $${variable} $key { '' $remote_addr; default $${variable}; }"`,
      });
    }
  },
});
