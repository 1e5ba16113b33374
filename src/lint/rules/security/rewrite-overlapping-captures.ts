import { spanOfArgument } from '../../../model/place.ts';
import type { Use } from '../../../model/scope.ts';
import type { Node } from '../../../regex/ast.ts';
import { languageOf } from '../../../regex/language.ts';
import { isOpen } from '../../fixed-in.ts';
import { redirectOf } from '../../redirects.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const rewriteOverlappingCaptures = defineRule({
  id: 'rewrite-overlapping-captures',
  category: 'security',
  severity: 'warning',
  summary: 'two groups, one inside of the other, overrun a buffer in older releases',
  fixable: false,
  presets: ['recommended', 'security'],
  references: [
    'https://nginx.org/en/security_advisories.html',
    'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#rewrite',
  ],
  on: { rewrite: look },
});

function look(use: Use, context: RuleContext): void {
  const open = isOpen({ stable: '1.30.2', mainline: '1.31.1' }, context.options);
  const [pattern = '', replacement = ''] = use.directive.args;
  if (open === 'no' || /\$[A-Za-z_{]/.test(replacement)) return;
  const numbers = [...escapedPart(use, replacement).matchAll(/\$([1-9])/g)].map(([, digit]) => Number(digit));
  const language = numbers.length > 1 ? languageOf(pattern) : null;
  const nested =
    language && nestedGroups(language.node).find(([outer, inner]) => numbers.includes(outer) && numbers.includes(inner));
  if (!nested) return;
  context.report({
    span: spanOfArgument(use.directive, 1),
    severity: open === 'maybe' ? 'info' : undefined,
    message: `before nginx 1.30.2 and 1.31.1 $${nested[0]} and $${nested[1]} are written past the end of their buffer (CVE-2026-9256)`,
    why: `Group ${nested[1]} lies in group ${nested[0]}. Both are escaped here, and room is reserved for escaping one of them: "+" and the like in a path crash the worker, or worse.`,
    help: 'update nginx, or use named groups, "(?<name>…)" and "$name"',
  });
}

/** What is escaped: all of a redirect's URL, else what stands behind the `?`. */
function escapedPart(use: Use, replacement: string): string {
  return redirectOf(use)
    ? replacement
    : replacement.slice(replacement.includes('?') ? replacement.indexOf('?') : replacement.length);
}

/** Pairs of groups, the outer one first. */
function nestedGroups(node: Node, around: readonly number[] = []): readonly (readonly [number, number])[] {
  switch (node.kind) {
    case 'sequence':
    case 'choice':
      return node.parts.flatMap((part) => nestedGroups(part, around));
    case 'group': {
      const { number, body } = node;
      if (number === 0) return nestedGroups(body, around);
      return [...around.map((outer) => [outer, number] as const), ...nestedGroups(body, [...around, number])];
    }
    case 'repeat':
    case 'look':
      return nestedGroups(node.body, around);
    default:
      return [];
  }
}
