import { spanOfHead } from '../../../model/place.ts';
import { reachOf, stolenFrom } from '../../../model/routes/reach.ts';
import { printPath, printRoute } from '../../../model/routes/show.ts';
import { sitesOf } from '../../../model/routes/sites.ts';
import { defineRule } from '../../rule.ts';

export const locationPartiallyShadowed = defineRule({
  id: 'location-partially-shadowed',
  category: 'correctness',
  severity: 'hint',
  summary: 'a regular expression does not get all the paths it matches: a "^~" prefix or an earlier one takes some',
  fixable: false,
  presets: ['strict'],
  references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#location'],
  needs: ['location'],
  check({ model, report }) {
    for (const route of sitesOf(model).all.flatMap(({ routes }) => routes)) {
      if (route.kind !== 'regex' || reachOf(route).kind === 'never') continue;
      const stolen = stolenFrom(route);
      if (!stolen) continue;
      const { route: taker, path } = stolen;
      report({
        span: spanOfHead(route.at),
        message: `some of its requests go to "${printRoute(taker)}": GET ${printPath(path)}`,
        why: 'A regular expression is not asked below a prefix with "^~", nor after another one that matches.',
        help: 'if they are meant to come here, write this location inside the other one as well, or above it',
        related: [{ message: 'takes them', span: spanOfHead(taker.at) }],
      });
    }
  },
});
