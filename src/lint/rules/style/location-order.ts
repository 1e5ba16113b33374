import { spanOfHead } from '../../../model/place.ts';
import { printRoute } from '../../../model/routes/show.ts';
import { type Route, sitesOf } from '../../../model/routes/sites.ts';
import { defineRule } from '../../rule.ts';

export const locationOrder = defineRule({
  id: 'location-order',
  category: 'style',
  severity: 'hint',
  summary: 'locations in another order than the one in which nginx looks at them',
  fixable: false,
  presets: ['strict'],
  references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#location'],
  needs: ['location'],
  check({ model, report }) {
    for (const { routes } of sitesOf(model).all) {
      const outer = routes.filter(({ outer, kind }) => outer === null && kind !== 'named');
      const found = outer.findIndex((route, index) => index > 0 && comesBefore(route, outer[index - 1] as Route));
      const [route, before] = [outer[found], outer[found - 1]];
      if (!route || !before) continue;
      report({
        span: spanOfHead(route.at),
        message: `nginx looks at this before "${printRoute(before)}", which stands above it`,
        why: 'Exact names come first, then prefixes with "^~", then regular expressions in the order of the file, then the other prefixes, longer ones first.',
        help: 'write locations in that order; the order of regular expressions must stay',
        related: [{ message: 'stands above', span: spanOfHead(before.at) }],
      });
    }
  },
});

/** Among regular expressions the order of the file is the order of the search. */
function comesBefore(one: Route, other: Route): boolean {
  if (rank(one) !== rank(other)) return rank(one) < rank(other);
  return one.kind === 'prefix' && one.name !== other.name && one.name.startsWith(other.name);
}

function rank({ kind, noRegex }: Route): number {
  if (kind === 'exact') return 0;
  if (kind === 'regex') return 2;
  return noRegex ? 1 : 3;
}
