import { display } from '../../../base/source-text.ts';
import { spanOfHead } from '../../../model/place.ts';
import { readLocationName } from '../../../model/routes/location-name.ts';
import { type Site, sitesOf } from '../../../model/routes/sites.ts';
import { type Use, useIn } from '../../../model/scope.ts';
import { insertBefore, removeDirective } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const rootInLocation = defineRule({
  id: 'root-in-location',
  category: 'style',
  severity: 'hint',
  summary: 'the root of a whole site in one of its locations: the others get a directory that was compiled in',
  fixable: 'unsafe',
  presets: ['style'],
  settings: {
    mode: { default: 'smart', about: 'smart: a site\'s root in "location /" or several times; any: every root in a location' },
  },
  references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#root'],
  needs: ['root'],
  check(context) {
    const isAny = context.setting<string>('mode') === 'any';
    for (const site of sitesOf(context.model).all) {
      const roots = site.scope.children
        .filter(({ directive }) => directive?.name === 'location')
        .flatMap((scope) => useIn(scope, 'root') ?? []);
      if (isAny) for (const use of roots) report([use], site, context);
      else if (!useIn(site.scope, 'root')) examine(roots, site, context);
    }
  },
});

/** The root of `location /` when there are other locations, or one that several have. */
function examine(roots: readonly Use[], site: Site, context: RuleContext): void {
  const same = new Map<string, Use[]>();
  for (const use of roots) {
    const path = use.directive.args[0] ?? '';
    same.set(path, [...(same.get(path) ?? []), use]);
  }
  const repeated = [...same.values()].find((uses) => uses.length > 1);
  const whole = roots.find(({ scope }) => readLocationName(scope.directive?.args ?? []).name === '/');
  const found = repeated ?? (whole && site.routes.length > 1 ? [whole] : undefined);
  if (found) report(found, site, context);
}

function report(uses: readonly Use[], { scope }: Site, { report }: RuleContext): void {
  const [first, ...others] = uses;
  const [top] = scope.uses;
  if (!first) return;
  const line = `root ${first.directive.node.args[0] ? first.directive.source.text.slice(first.directive.node.args[0].start, first.directive.node.args[0].end) : ''};`;
  report({
    span: spanOfHead(first.directive),
    message: others.length > 0 ? `the same root ${uses.length} times` : 'the root of the site is known to this location only',
    why: `Locations without a root of their own, today's and the next one, look in "${display('html')}" below nginx's prefix.`,
    help: `write "${display(line)}" once, in the server`,
    related: others.map(({ directive }) => ({ message: 'and here', span: spanOfHead(directive) })),
    fix: top && {
      title: 'move the root to the server',
      safety: 'unsafe',
      edits: [insertBefore(top.directive, [display(line)]), ...uses.map(({ directive }) => removeDirective(directive))],
    },
  });
}
