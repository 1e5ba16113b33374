import { display } from '../../../base/source-text.ts';
import { spanOfHead } from '../../../model/place.ts';
import { matchesEveryPath } from '../../../model/routes/endings.ts';
import { replace } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const preferReturnOverRewrite = defineRule({
  id: 'prefer-return-over-rewrite',
  category: 'performance',
  severity: 'info',
  summary: 'a regular expression for every path, only to redirect',
  fixable: 'unsafe',
  presets: ['recommended', 'performance'],
  references: ['https://nginx.org/en/docs/http/converting_rewrite_rules.html'],
  on: {
    rewrite({ directive }, { report }) {
      const [pattern = '', replacement = '', flag] = directive.args;
      const target = targetOf(pattern, replacement);
      const isAbsolute = /^(?:https?:\/\/|\$scheme)/.test(replacement);
      if (target === undefined || (flag !== 'permanent' && flag !== 'redirect') || !isAbsolute) return;
      const line = `return ${flag === 'permanent' ? 301 : 302} ${target}`;
      const { source, node } = directive;
      report({
        span: spanOfHead(directive),
        message: 'a redirect of every path needs no regular expression',
        why: '"return" says the same in one step, and does not decode the path and escape it again.',
        help: `write "${display(line)};"`,
        fix: {
          title: 'write "return"',
          safety: 'unsafe',
          edits: [replace({ source, start: node.start, end: (node.args.at(-1) ?? node.name).end }, display(line))],
        },
      });
    },
  },
});

/** What `return` redirects to; undefined where the captures are used otherwise. */
function targetOf(pattern: string, replacement: string): string | undefined {
  if (!matchesEveryPath(pattern) || /[\s"'\\{};]/.test(replacement)) return undefined;
  const [, start = '', rest = ''] = /^((?:https?:\/\/|\$scheme:\/\/)[^/$]*(?:\$\w+[^/$]*)*)(.*)$/s.exec(replacement) ?? [];
  const captured = /^\^?\(\.\*\)\$?$/.test(pattern) ? '$1' : /^\^\/\(\.\*\)\$?$/.test(pattern) ? '/$1' : undefined;
  if (captured !== undefined && start.endsWith('$1')) return captured === '$1' ? `${start.slice(0, -2)}$request_uri` : undefined;
  if (rest === captured) return `${start}$request_uri`;
  return `${start}${rest}`.endsWith('$request_uri?') ? `${start}${rest}`.slice(0, -1) : undefined;
}
