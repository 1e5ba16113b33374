import { display } from '../../../base/source-text.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { replace } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const ifAssignmentOperator = defineRule({
  id: 'if-assignment-operator',
  category: 'correctness',
  severity: 'warning',
  summary: '`if` compares with a pattern, letter by letter',
  fixable: 'unsafe',
  presets: ['recommended'],
  references: ['https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#if'],
  on: {
    if({ directive }, { report }) {
      const [, operator = '', ...rest] = directive.args;
      const pattern = (rest[0] ?? '').replace(/\)$/, '');
      const isWildcard = /^\*\.[\w.-]+$/.test(pattern);
      if (!/^!?=$/.test(operator) || !(isWildcard || /^\^[/\w(\\]/.test(pattern))) return;
      const instead = operator.replace('=', '~');
      report({
        span: spanOfArgument(directive, 1),
        message: `"${operator}" compares with the text ${display(pattern)}`,
        why: 'Only ~ and ~* match patterns; no request has these characters there, so the answer is always the same.',
        help: isWildcard ? `write ${instead} and a regular expression` : `write ${instead}`,
        fix: isWildcard
          ? undefined
          : { title: `write ${instead}`, safety: 'unsafe', edits: [replace(spanOfArgument(directive, 1), instead)] },
      });
    },
  },
});
