import { spanOfHead } from '../../../model/place.ts';
import { type Use, useIn, usesIn } from '../../../model/scope.ts';
import { ifInLocation } from '../../../schema/contexts.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const addHeaderInIf = defineRule({
  id: 'add-header-in-if',
  category: 'http',
  severity: 'warning',
  summary: 'a header in an `if` is lost when a later `if` is true as well',
  fixable: false,
  presets: ['recommended'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#if',
    'https://www.nginx.com/resources/wiki/start/topics/depth/ifisevil/',
  ],
  on: { add_header: examine, expires: examine, gzip: examine },
});

function examine(use: Use, { report }: RuleContext): void {
  const { directive, scope } = use;
  if (!(scope.context & ifInLocation) || !scope.parent || useIn(scope, directive.name) !== use) return;
  const all = usesIn(scope.parent, 'if');
  const own = all.findIndex(({ opened }) => opened === scope);
  const later = all.slice(own + 1).find((one) => mayHoldToo(all[own], one) && !says(one, use));
  if (!later) return;
  report({
    span: spanOfHead(directive),
    message: `this is lost when "${conditionOf(later)}" is true as well`,
    why: 'Each if is a location of its own, and a request is in one of them: the last one whose condition is true.',
    help: `let a map choose the value, and write one ${directive.name} outside: what is empty is not sent`,
    related: [{ message: 'requests go on here', span: spanOfHead(later.directive) }],
  });
}

function conditionOf({ directive }: Use): string {
  return `if ${directive.args.join(' ')}`;
}

/** False for two values of one variable, of which only one can be true. */
function mayHoldToo(one: Use | undefined, other: Use): boolean {
  const [a, b] = [one, other].map((use) => /^\((\$\w+) = (\S+?)\s?\)$/.exec(use?.directive.args.join(' ') ?? ''));
  return !a || !b || a[1] !== b[1] || a[2] === b[2];
}

/** The later block sets the same again. */
function says({ opened }: Use, { directive }: Use): boolean {
  const same = opened ? usesIn(opened, directive.name) : [];
  return same.some(
    ({ directive: { args } }) => directive.name !== 'add_header' || args[0]?.toLowerCase() === directive.args[0]?.toLowerCase(),
  );
}
