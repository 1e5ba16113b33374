import { spanOfArgument } from '../../../model/place.ts';
import type { Use } from '../../../model/scope.ts';
import { replace } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const multilineHeaderValue = defineRule({
  id: 'multiline-header-value',
  category: 'security',
  severity: 'warning',
  summary: "a header's value goes over several lines: the answer is cut apart there",
  fixable: 'unsafe',
  presets: ['recommended', 'security'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header',
    'https://www.rfc-editor.org/rfc/rfc9112#section-5.2',
  ],
  on: {
    add_header: (use, context) => examine(use, context, [1]),
    add_trailer: (use, context) => examine(use, context, [1]),
    proxy_set_header: (use, context) => examine(use, context, [1]),
    more_set_headers: (use, context) => examine(use, context, headersOf(use)),
    more_set_input_headers: (use, context) => examine(use, context, headersOf(use)),
  },
});

/** Arguments of headers-more that are headers: what follows `-t` and `-s` is not. */
function headersOf({ directive: { args } }: Use): readonly number[] {
  return args.flatMap((arg, index) => (arg.startsWith('-') || /^-[ts]$/.test(args[index - 1] ?? '') ? [] : [index]));
}

function examine({ directive }: Use, { report }: RuleContext, indexes: readonly number[]): void {
  for (const index of indexes) {
    if (!/[\r\n]/.test(directive.args[index] ?? '')) continue;
    const span = spanOfArgument(directive, index);
    const text = span.source.text.slice(span.start, span.end);
    report({
      span,
      message: 'the value has line ends in it, and nginx sends them as they are',
      why: 'Folded headers are obsolete: HTTP/2 and HTTP/3 clients refuse the answer, others cut the header at the first line or take the next line for a header of its own.',
      help: 'write it on one line, or put it together from variables with "set"',
      fix: { title: 'join the lines', safety: 'unsafe', edits: [replace(span, text.replace(/[ \t]*(?:\r?\n[ \t]*)+/g, ' '))] },
    });
  }
}
