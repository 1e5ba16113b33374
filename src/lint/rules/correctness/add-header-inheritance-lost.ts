import type { Fix } from '../../../diagnostics/diagnostic.ts';
import { effectiveOne } from '../../../model/inherited.ts';
import { byName, type LostSet, lostSet } from '../../../model/lost-set.ts';
import { spanOfHead } from '../../../model/place.ts';
import { type Use, useIn, usesIn } from '../../../model/scope.ts';
import { isAtLeast } from '../../../schema/version.ts';
import { insertBefore } from '../../insert.ts';
import { copyLost, lostNames, whereLost } from '../../lost-lines.ts';
import { releasesOf } from '../../options.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const addHeaderInheritanceLost = defineRule({
  id: 'add-header-inheritance-lost',
  category: 'correctness',
  severity: 'warning',
  summary: 'an `add_header` of its own takes all headers of the blocks around away from a block',
  fixable: 'unsafe',
  presets: ['recommended', 'security'],
  settings: {
    headers: {
      default: [
        'strict-transport-security',
        'content-security-policy',
        'x-frame-options',
        'x-content-type-options',
        'referrer-policy',
        'permissions-policy',
        'cross-origin-opener-policy',
        'cross-origin-embedder-policy',
        'cross-origin-resource-policy',
      ],
      about: 'headers whose loss is a warning; of others it is an info',
    },
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header',
    'https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header_inherit',
  ],
  on: { add_header: examine, add_trailer: examine },
});

function examine(use: Use, context: RuleContext): void {
  const { directive, scope } = use;
  const found = lostSet(use, context.model);
  if (!found || onlyRedirects(use)) return;
  const inherit = effectiveOne(scope, `${directive.name}_inherit`)?.directive.args[0];
  if (inherit === 'merge' || inherit === 'off') return;
  const lost = found.lost.filter((one) => one.directive.args[1] !== '');
  if (lost.length === 0) return;
  const graveNames = context.setting<readonly string[]>('headers').map((name) => name.toLowerCase());
  const isGrave = lost.some(({ directive: { args } }) => byName(args).some((name) => graveNames.includes(name)));
  context.report({
    span: spanOfHead(directive),
    severity: isGrave ? undefined : 'info',
    message: `responses from here are sent without ${lostNames(lost)}`,
    why: `One ${directive.name} in a block replaces all of the blocks around it.`,
    help: canMerge(found, context)
      ? `write "${directive.name}_inherit merge;", or the lost lines again`
      : 'write the lost lines again here, or include one file with all of them in both places',
    related: whereLost(lost),
    fix: fix({ ...found, lost }, context),
  });
}

/** A browser does not show a redirect, and asks again. */
function onlyRedirects({ scope }: Use): boolean {
  const [code = ''] = useIn(scope, 'return')?.directive.args ?? [];
  return /^30[1278]$/.test(code);
}

/** With `merge` a header that both blocks set would be sent twice. */
function canMerge({ own, lost }: LostSet, { options }: RuleContext): boolean {
  const [first] = lost;
  if (!first || !isAtLeast(releasesOf(options).oldest, '1.29.3')) return false;
  const outer = usesIn(first.scope, first.directive.name);
  const said = new Set(own.flatMap(({ directive }) => byName(directive.args)));
  return outer.every(({ directive }) => byName(directive.args).every((name) => !said.has(name)));
}

function fix(found: LostSet, context: RuleContext): Fix | undefined {
  const [first] = found.own;
  if (!first || !canMerge(found, context)) return copyLost(found);
  const line = `${first.directive.name}_inherit merge;`;
  return { title: `write ${line}`, safety: 'unsafe', edits: [insertBefore(first.directive, [line])] };
}
