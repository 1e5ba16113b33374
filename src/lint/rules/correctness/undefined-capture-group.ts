import type { ConfigDirective } from '../../../config/config-tree.ts';
import { groupsIn, groupsInTilde, mostGroupsAround } from '../../../model/capture-groups.ts';
import { hasHoleAround } from '../../../model/holes.ts';
import { scopesAround } from '../../../model/inherited.ts';
import { spanOfArgument } from '../../../model/place.ts';
import type { Use } from '../../../model/scope.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

/** Directives whose arguments are patterns, code or names, not values with variables. */
const notValues: ReadonlySet<string> = new Set(['location', 'server_name', 'if', 'log_format', 'valid_referers', 'map']);

export const undefinedCaptureGroup = defineRule({
  id: 'undefined-capture-group',
  category: 'correctness',
  severity: 'warning',
  summary: '`$1` where no pattern has a first group',
  fixable: false,
  presets: ['recommended'],
  references: ['https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#rewrite'],
  each(use, context) {
    const { directive, entry } = use;
    if (directive.name === 'map') for (const line of directive.children ?? []) examineLine(line, context);
    if (!directive.args.some(hasGroup) || entry.module.package !== undefined || notValues.has(directive.name)) return;
    const { args } = directive;
    for (let index = 0; index < args.length; index++) {
      const word = args[index] ?? '';
      const wanted = mostWanted(word);
      if (wanted === 0 || word.startsWith('~')) continue;
      const groups = groupsFor(use, index, context);
      if (groups < wanted) report(directive, index, wanted, groups, context);
    }
  },
});

/** The groups that a value can refer to; those of a rewrite are its own, whatever was matched before. */
function groupsFor({ directive, scope }: Use, index: number, { model }: RuleContext): number {
  const { name, args } = directive;
  if (name === 'rewrite') return index === 1 ? groupsIn(args[0] ?? '') : Number.POSITIVE_INFINITY;
  const isInServer = [...scopesAround(scope)].some((at) => at.directive?.name === 'server');
  if (!isInServer || hasHoleAround(model.config, scope)) return Number.POSITIVE_INFINITY;
  return Math.max(mostGroupsAround(scope, model), ...args.map(groupsInTilde));
}

/** A line with a pattern is used when that has just matched. */
function examineLine(line: ConfigDirective, context: RuleContext): void {
  const wanted = mostWanted(line.args[0] ?? '');
  if (wanted === 0 || !line.name.startsWith('~')) return;
  const groups = groupsInTilde(line.name);
  if (groups < wanted) report(line, 0, wanted, groups, context);
}

function hasGroup(value: string): boolean {
  return value.includes('$') && /\$[1-9]/.test(value);
}

/** The highest of `$1` to `$9` in a value. */
function mostWanted(value: string): number {
  if (!hasGroup(value)) return 0;
  return Math.max(0, ...[...value.matchAll(/\$([1-9])/g)].map(([, digit]) => Number(digit)));
}

function report(directive: ConfigDirective, index: number, wanted: number, groups: number, context: RuleContext): void {
  const others = groups === 0 ? 'has a group' : `has more than ${groups === 1 ? 'one group' : `${groups} groups`}`;
  context.report({
    span: spanOfArgument(directive, index),
    message: `$${wanted} is always empty: no pattern that is matched before ${others}`,
    why: 'nginx accepts it, and puts nothing in its place.',
    help: 'put parentheses around the part of the pattern that is meant',
  });
}
