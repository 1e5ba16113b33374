import { hashKeyOf } from '../../../model/hash-key.ts';
import { spanOfHead } from '../../../model/place.ts';
import { insertWord } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const hashWithoutConsistent = defineRule({
  id: 'hash-without-consistent',
  category: 'load-balancing',
  severity: 'info',
  summary: 'a hash that sends nearly all keys elsewhere when a server is added or removed',
  fixable: 'unsafe',
  presets: ['load-balancing'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#hash'],
  needs: ['upstream'],
  check({ references, report }) {
    for (const upstream of references.upstreams) {
      const key = hashKeyOf(upstream);
      const count = upstream.primaries.length;
      if (!key || key.consistent || count < 2 || key.variables.length === 0) continue;
      if (upstream.passes.some(({ protocol }) => protocol === 'memcached')) continue;
      report({
        span: spanOfHead(key.use.directive),
        message: `a change from ${count} to ${count + 1} servers sends about ${Math.round((100 * count) / (count + 1))} % of the keys to another one`,
        why: 'The server is the hash modulo the sum of all weights. Sessions are lost, and caches are cold, whenever that sum changes.',
        help: `write "hash ${key.text} consistent;": then only about ${Math.round(100 / (count + 1))} % move`,
        fix: {
          title: 'place servers on a ring',
          safety: 'unsafe',
          edits: [insertWord(key.use.directive, 0, 'consistent')],
        },
      });
    }
  },
});
