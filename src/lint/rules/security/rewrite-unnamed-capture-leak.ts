import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import type { Scope, Use } from '../../../model/scope.ts';
import { isOpen } from '../../fixed-in.ts';
import { redirectOf } from '../../redirects.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const rewriteUnnamedCaptureLeak = defineRule({
  id: 'rewrite-unnamed-capture-leak',
  category: 'security',
  severity: 'warning',
  summary: 'a numbered group after a rewrite with arguments overruns a buffer in older releases',
  fixable: false,
  presets: ['recommended', 'security'],
  references: [
    'https://nginx.org/en/security_advisories.html',
    'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#rewrite',
  ],
  on: { server: look, location: look },
});

function look({ opened }: Use, context: RuleContext): void {
  const open = isOpen({ stable: '1.30.1', mainline: '1.31.0' }, context.options);
  if (open === 'no' || !opened) return;
  let leak: Use | undefined;
  for (const use of inOrder(opened)) {
    const { name } = use.directive;
    if (use.scope === opened && (name === 'return' || name === 'break')) return;
    if (name === 'rewrite') leak = leaks(use) ? use : leak;
    else if (leak && consumes(use)) report(use, leak, open, context);
  }
}

/** The directives of the rewrite phase in the order in which they run. */
function* inOrder(block: Scope): Generator<Use> {
  for (const use of block.uses) {
    yield use;
    if (use.directive.name === 'if' && use.opened) yield* use.opened.uses;
  }
}

/** Arguments in the replacement, and the rewrite goes on to the next directive (ngx_http_script_start_args_code). */
function leaks(use: Use): boolean {
  const [, replacement = '', flag] = use.directive.args;
  return flag === undefined && !redirectOf(use) && /\?./s.test(replacement);
}

function consumes({ directive: { name, args } }: Use): boolean {
  if (name === 'set') return /\$[1-9]/.test(args[1] ?? '');
  if (name !== 'if' || args.some((word) => /^!?~\*?$/.test(word))) return false;
  return /\$[1-9]/.test(args.slice(1).join(' '));
}

function report(use: Use, leak: Use, open: 'yes' | 'maybe', context: RuleContext): void {
  const index = use.directive.args.findIndex((word, at) => at > 0 && /\$[1-9]/.test(word));
  context.report({
    span: spanOfArgument(use.directive, index),
    severity: open === 'maybe' ? 'info' : undefined,
    message: 'before nginx 1.30.1 and 1.31.0 this group is written past the end of its buffer (CVE-2026-42945)',
    why: 'The rewrite above has arguments in its replacement. From then on groups are escaped, and no room is reserved for that: "+" and the like in a path crash the worker, or worse.',
    help: 'update nginx, or use a named group, "(?<name>…)" and "$name", which is not escaped',
    related: [{ message: 'these arguments turn escaping on', span: spanOfHead(leak.directive) }],
  });
}
