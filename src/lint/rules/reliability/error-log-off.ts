import { spanOfArgument } from '../../../model/place.ts';
import { replace } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const errorLogOff = defineRule({
  id: 'error-log-off',
  category: 'reliability',
  severity: 'warning',
  summary: '"error_log off" turns nothing off: it writes to a file named "off"',
  fixable: 'safe',
  presets: ['recommended', 'cis'],
  references: ['https://nginx.org/en/docs/ngx_core_module.html#error_log'],
  on: {
    error_log({ directive }, { report }) {
      if (directive.args[0] !== 'off') return;
      const span = spanOfArgument(directive, 0);
      const text = directive.args.length === 1 ? '/dev/null crit' : '/dev/null';
      report({
        span,
        message: 'errors are written to a file named "off"',
        why: 'Unlike access_log, error_log has no "off": the word is taken for the name of a file below the prefix.',
        help: 'write "error_log /dev/null crit;" if you want no log, or the name of a file',
        fix: { title: 'write nothing', safety: 'safe', edits: [replace(span, text)] },
      });
    },
  },
});
