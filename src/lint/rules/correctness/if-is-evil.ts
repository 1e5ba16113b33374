import { spanOfHead } from '../../../model/place.ts';
import { isRedirect } from '../../../model/routes/endings.ts';
import { type Scope, type Use, useIn } from '../../../model/scope.ts';
import { location } from '../../../schema/contexts.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

const rewriting = new Set(['return', 'rewrite', 'set', 'break', 'if', 'rewrite_log', 'uninitialized_variable_warn']);

export const ifIsEvil = defineRule({
  id: 'if-is-evil',
  category: 'correctness',
  severity: 'warning',
  summary: 'an "if" that changes settings of its location: the request leaves the location for the nameless one in the "if"',
  fixable: false,
  presets: ['recommended'],
  settings: { allow: { default: [], about: 'directives that may stand in such an if' } },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#if',
    'https://github.com/nginxinc/nginx-wiki/blob/master/source/start/topics/depth/ifisevil.rst',
  ],
  on: {
    if(use, context) {
      const { scope, opened } = use;
      if (scope.context !== location || !opened || leaves(opened)) return;
      const tryFiles = useIn(scope, 'try_files');
      if (tryFiles) reportLostFiles(use, tryFiles, context);
      else if (!isReplaced(use, context)) reportSettings(use, context);
    },
  },
});

/** True when no request stays: `return`, or a `rewrite` of every path that starts over. */
function leaves({ uses }: Scope): boolean {
  return uses.some((use) => {
    const { name, args } = use.directive;
    return name === 'return' || (name === 'rewrite' && (args[2] === 'last' || isRedirect(use)));
  });
}

function settingsIn({ opened }: Use, { setting }: RuleContext): readonly Use[] {
  const allowed = setting<readonly string[]>('allow');
  return (opened?.uses ?? []).filter(({ directive: { name } }) => !rewriting.has(name) && !allowed.includes(name));
}

function reportLostFiles({ directive }: Use, tryFiles: Use, { report }: RuleContext): void {
  report({
    span: spanOfHead(directive),
    message: 'where the condition holds, "try_files" of this location is not done',
    why: 'A request that comes into an "if" is served with the settings of the nameless location that the "if" is, and try_files is not inherited.',
    help: 'choose with a "map" variable in try_files, or leave by "return" or "rewrite … last"',
    related: [{ message: 'is left out', span: spanOfHead(tryFiles.directive) }],
  });
}

/** Of several conditions that hold, the last one's settings are in force, and only those. */
function isReplaced(use: Use, context: RuleContext): boolean {
  const own = settingsIn(use, context);
  if (own.length === 0) return true;
  const others = use.scope.uses.filter(({ directive, opened }) => directive.name === 'if' && opened);
  const next = others
    .slice(others.indexOf(use) + 1)
    .find((other) => other.opened && !leaves(other.opened) && !excludes(use, other));
  if (!next) return false;
  context.report({
    span: spanOfHead(use.directive),
    message: `where a later "if" holds as well, "${own[0]?.directive.name}" in this one is lost`,
    why: 'Each "if" is a nameless location of its own; a request is served with the settings of the last one it came into.',
    help: 'set a variable with "map" for each setting, and write the settings once, in the location',
    related: [{ message: 'takes its place', span: spanOfHead(next.directive) }],
  });
  return true;
}

/** `$x = a` and `$x = b` do not both hold. */
function excludes({ directive: one }: Use, { directive: other }: Use): boolean {
  const [left, leftOperator, leftValue] = one.args;
  const [right, rightOperator, rightValue] = other.args;
  return left === right && leftOperator === '=' && rightOperator === '=' && leftValue !== rightValue;
}

function reportSettings(use: Use, context: RuleContext): void {
  const [first] = settingsIn(use, context);
  if (!first) return;
  context.report({
    span: spanOfHead(use.directive),
    severity: 'info',
    message: `"${first.directive.name}" in an "if": the request is served with the settings of a nameless location`,
    why: 'That works here. A second "if", or a try_files beside it, would take the place of this one without a word.',
    help: 'a variable of "map" in the location says the same and adds up',
  });
}
