import { display } from '../../../base/source-text.ts';
import { spanOfArgument } from '../../../model/place.ts';
import type { Use } from '../../../model/scope.ts';
import { badParameter } from '../../check-parameters.ts';
import { replace } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

const classes = ['http_2xx', 'http_3xx', 'http_4xx', 'http_5xx'];
const formats = ['html', 'csv', 'json', 'prometheus'];

export const checkInvalidParameter = defineRule({
  id: 'check-invalid-parameter',
  category: 'load-balancing',
  severity: 'error',
  summary: 'a health-check parameter that the module refuses: a unit, a zero, an unknown word',
  fixable: 'safe',
  presets: ['recommended', 'load-balancing'],
  references: ['https://github.com/yaoweibin/nginx_upstream_check_module#check'],
  on: {
    check(use, context) {
      for (const [index, word] of use.directive.args.entries()) checkWord(use, index, display(word), context);
    },
    check_http_expect_alive: (use, context) =>
      oneOf(
        use,
        classes,
        (word) => `invalid value "${word}"`,
        context,
        (word) => word.toLowerCase(),
      ),
    check_status: (use, context) => oneOf(use, formats, (word) => `invalid check format "${word}"`, context),
    check_keepalive_requests(use, { report }) {
      const word = display(use.directive.args[0] ?? '');
      if (/^\d+$/.test(word) && Number(word) > 0) return;
      report({
        span: spanOfArgument(use.directive, 0),
        message: `check_keepalive_requests cannot be "${word}"`,
        why: 'nginx does not start with it.',
        help: 'write a whole number, at least 1',
        nginx: '"check_keepalive_requests" directive invalid value',
      });
    },
  },
});

function checkWord({ directive }: Use, index: number, word: string, { report }: RuleContext): void {
  const bad = badParameter(word);
  if (!bad) return;
  const span = spanOfArgument(directive, index);
  const { message, why, help, instead } = bad;
  report({
    span,
    message,
    why,
    help,
    nginx: word.startsWith('default_down=') ? undefined : `invalid parameter "${word}"`,
    fix: instead === undefined ? undefined : { title: `write "${instead}"`, safety: 'safe', edits: [replace(span, instead)] },
  });
}

/** `read` makes of a word what is looked for: one function of the module compares without regard to case, the other does not. */
function oneOf(
  { directive }: Use,
  values: readonly string[],
  words: (word: string) => string,
  { report }: RuleContext,
  read = (word: string) => word,
): void {
  for (const [index, word] of directive.args.entries()) {
    if (values.includes(read(word))) continue;
    report({
      span: spanOfArgument(directive, index),
      message: `${directive.name} cannot be "${display(word)}"`,
      why: 'nginx does not start with it.',
      help: `it is one of ${values.join(', ')}`,
      nginx: words(display(word)),
    });
  }
}
