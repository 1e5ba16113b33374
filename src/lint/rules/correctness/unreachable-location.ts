import { spanOfHead } from '../../../model/place.ts';
import { endingOf } from '../../../model/routes/endings.ts';
import { reachOf, type Theft } from '../../../model/routes/reach.ts';
import { printPath, printRoute } from '../../../model/routes/show.ts';
import { type Route, type Site, sitesOf } from '../../../model/routes/sites.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const unreachableLocation = defineRule({
  id: 'unreachable-location',
  category: 'correctness',
  severity: 'warning',
  summary: 'a location that no request comes to, because others take all of its paths',
  fixable: false,
  presets: ['recommended'],
  references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#location'],
  check(context) {
    for (const site of sitesOf(context.model).all) {
      if (endingOf(site.scope)) reportAll(site, context);
      else for (const route of site.routes) if (isCandidate(route)) report(route, context);
    }
  },
});

/** Only the outermost of unreachable locations, and only those whose name some path has. */
function isCandidate({ outer, kind, name }: Route): boolean {
  if (outer && reachOf(outer).kind === 'never') return false;
  return kind === 'regex' || name.startsWith('/');
}

function report(route: Route, context: RuleContext): void {
  const reach = reachOf(route);
  if (reach.kind !== 'never') return;
  const takers = reach.takers.filter((taker): taker is Theft => taker.route !== null);
  const [first] = takers;
  if (!first) return;
  context.report({
    span: spanOfHead(route.at),
    message:
      takers.length === 1
        ? `no request comes here: "${printRoute(first.route)}" takes all of them`
        : `no request comes here: ${takers.length} other locations take all of them`,
    why: `GET ${printPath(first.path)} is answered by "${printRoute(first.route)}". An exact name wins, then regular expressions in the order of the file (unless the longest prefix has "^~"), then the longest prefix.`,
    help: adviceFor(route, first.route),
    related: takers.slice(0, 3).map((taker) => ({
      message: `takes ${printPath(taker.path)}`,
      span: spanOfHead(taker.route.at),
    })),
  });
}

function adviceFor(route: Route, taker: Route): string {
  if (route.kind !== 'regex')
    return taker.kind === 'regex' ? 'write "^~" before the prefix, or narrow the regular expression' : 'remove it';
  return taker.kind === 'regex' ? 'write the narrower expression above the wider one' : `write it inside "${printRoute(taker)}"`;
}

/** A `return` of the server answers before a location is looked for. */
function reportAll({ scope, routes }: Site, context: RuleContext): void {
  const first = routes.find(({ kind }) => kind !== 'named');
  const ending = endingOf(scope);
  if (!first || !ending) return;
  context.report({
    span: spanOfHead(first.at),
    message: `no request comes here: the server's "${ending.directive.name}" answers all of them`,
    why: 'What "return" and "rewrite" on the level of the server say is done before a location is looked for, wherever in the block they stand.',
    help: `put "${ending.directive.name}" into "location /"`,
    related: [{ message: 'answers every request', span: spanOfHead(ending.directive) }],
  });
}
