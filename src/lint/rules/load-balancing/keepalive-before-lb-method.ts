import { methodsOf } from '../../../model/balancing.ts';
import { spanOfHead } from '../../../model/place.ts';
import type { Use } from '../../../model/scope.ts';
import { isAtLeast } from '../../../schema/version.ts';
import { move } from '../../insert.ts';
import { releasesOf } from '../../options.ts';
import { defineRule } from '../../rule.ts';

export const keepaliveBeforeLbMethod = defineRule({
  id: 'keepalive-before-lb-method',
  category: 'load-balancing',
  severity: 'warning',
  summary: '`keepalive` above the balancing method, which switches it off again',
  fixable: 'safe',
  presets: ['recommended', 'load-balancing', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive'],
  needs: ['upstream'],
  check({ references, options, report }) {
    const { oldest, newest } = releasesOf(options);
    if (isAtLeast(oldest, '1.29.7')) return;
    const onlyBefore = isAtLeast(newest, '1.29.7');
    for (const upstream of references.upstreams) {
      const { uses } = upstream.scope;
      const method = methodsOf(upstream).at(-1);
      const above = method ? uses.slice(0, uses.indexOf(method)).filter(isKeepalive) : [];
      const pool = above.find(({ directive }) => directive.name === 'keepalive');
      if (!method || !pool || upstream.inStream) continue;
      const { name } = method.directive;
      const edits = move(
        above.map(({ directive }) => directive),
        'below',
        method.directive,
      );
      report({
        span: spanOfHead(pool.directive),
        severity: onlyBefore ? 'info' : undefined,
        message: `"keepalive" above ${name} keeps no connections${onlyBefore ? ' before nginx 1.29.7' : ''}`,
        why: `keepalive wraps the balancing method it finds; ${name}, read later, takes its place. nginx only says "load balancing method redefined", and every request opens a connection.`,
        help: `write it below ${name}`,
        nginx: 'load balancing method redefined',
        related: [{ message: 'the balancing method', span: spanOfHead(method.directive) }],
        fix: edits && { title: 'move it below the method', safety: 'safe', edits },
      });
    }
  },
});

function isKeepalive({ directive }: Use): boolean {
  return directive.name.startsWith('keepalive');
}
