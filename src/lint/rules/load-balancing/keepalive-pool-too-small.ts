import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import { useIn } from '../../../model/scope.ts';
import { parseNumber } from '../../../schema/values/number.ts';
import { replace } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const keepalivePoolTooSmall = defineRule({
  id: 'keepalive-pool-too-small',
  category: 'load-balancing',
  severity: 'info',
  summary: 'a pool of idle connections with fewer places than there are servers',
  fixable: 'unsafe',
  presets: ['load-balancing', 'performance'],
  settings: { factor: { default: 1, about: 'connections for each server that a pool should hold' } },
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive'],
  needs: ['upstream'],
  check({ references, setting, report }) {
    for (const { name, scope, primaries } of references.upstreams) {
      const use = useIn(scope, 'keepalive');
      const size = parseNumber(use?.directive.args[0] ?? '');
      if (!use || !size || size >= setting<number>('factor') * primaries.length) continue;
      const span = spanOfArgument(use.directive, 0);
      const better = String(2 * primaries.length);
      report({
        span: spanOfHead(use.directive),
        message: `${size} idle connection${size > 1 ? 's' : ''} for the ${primaries.length} servers of "${name}"`,
        why: 'The pool is one for all servers, in each worker process. With requests going round, the connection to the next server has been thrown out already, and nearly every request opens a new one.',
        help: `write "keepalive ${better};" or more`,
        fix: { title: `keep ${better}`, safety: 'unsafe', edits: [replace(span, better)] },
      });
    }
  },
});
