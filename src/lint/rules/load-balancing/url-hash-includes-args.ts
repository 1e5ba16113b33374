import { hashKeyOf } from '../../../model/hash-key.ts';
import { pathAround } from '../../../model/inherited.ts';
import { spanOfArgument } from '../../../model/place.ts';
import type { Upstream } from '../../../model/references.ts';
import { replace } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const urlHashIncludesArgs = defineRule({
  id: 'url-hash-includes-args',
  category: 'load-balancing',
  severity: 'hint',
  summary: 'a hash of the URI with its arguments, which spreads one resource over all servers',
  fixable: 'unsafe',
  presets: ['load-balancing', 'performance'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#hash'],
  needs: ['upstream'],
  check({ references, report }) {
    for (const upstream of references.upstreams) {
      const key = hashKeyOf(upstream);
      if (!key || upstream.primaries.length < 2 || isApi(upstream)) continue;
      const span = spanOfArgument(key.use.directive, 0);
      const better = key.variables.some((name) => name === 'host' || name === 'http_host') ? '$uri' : '$host$uri';
      if (!key.variables.includes('request_uri')) continue;
      report({
        span,
        message: 'the arguments of the URI are part of the key',
        why: 'A page asked for with "?utm_source=…" or a cache buster counts as another page: each server keeps a copy of its own, and the hit rate falls.',
        help: `write "${better}" when the arguments do not change what is sent`,
        fix: {
          title: 'hash the path without arguments',
          safety: 'unsafe',
          edits: [replace(span, key.text.replace(/\$\{?request_uri\}?/i, better))],
        },
      });
    }
  },
});

/** The answers of an API depend on its arguments. */
function isApi({ name, passes }: Upstream): boolean {
  return /api|graphql/i.test(name) || passes.some(({ scope }) => /api|graphql/i.test(pathAround(scope)));
}
