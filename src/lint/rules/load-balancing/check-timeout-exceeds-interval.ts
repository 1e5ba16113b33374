import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import { usesIn } from '../../../model/scope.ts';
import { timeIn } from '../../check-parameters.ts';
import { insertWord, replace } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const checkTimeoutExceedsInterval = defineRule({
  id: 'check-timeout-exceeds-interval',
  category: 'load-balancing',
  severity: 'warning',
  summary: 'a health check that may take longer than the time to the next one',
  fixable: 'unsafe',
  presets: ['recommended', 'load-balancing'],
  references: ['https://github.com/yaoweibin/nginx_upstream_check_module#check'],
  on: {
    check(use, { report }) {
      const { directive, scope } = use;
      if (usesIn(scope, 'check').at(-1) !== use) return;
      const interval = timeIn(directive.args, 'interval');
      const timeout = timeIn(directive.args, 'timeout');
      if (timeout.value < interval.value) return;
      const written = timeout.index >= 0 ? timeout : interval;
      const word = `timeout=${Math.max(1, Math.floor(interval.value / 3))}`;
      report({
        span: written.index >= 0 ? spanOfArgument(directive, written.index) : spanOfHead(directive),
        message: `a check may take ${shown(timeout)}, and the next is due after ${shown(interval)}`,
        why: 'No check starts while one is still running, so a server that hangs is noticed later than the interval promises.',
        help: `write a timeout well below the interval, such as "${word}"`,
        fix: {
          title: `write ${word}`,
          safety: 'unsafe',
          edits: [
            timeout.index >= 0
              ? replace(spanOfArgument(directive, timeout.index), word)
              : insertWord(directive, directive.args.length - 1, word),
          ],
        },
      });
    },
  },
});

function shown({ value, index }: { readonly value: number; readonly index: number }): string {
  return `${value} ms${index < 0 ? ' (the default)' : ''}`;
}
