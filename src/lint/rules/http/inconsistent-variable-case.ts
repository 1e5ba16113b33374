import type { Span } from '../../../diagnostics/diagnostic.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { type Mention, mentionsOf } from '../../../model/variable-mentions.ts';
import { replace } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

/** Directives with patterns, in which `$` ends a text. */
const patterns: ReadonlySet<string> = new Set(['location', 'rewrite', 'server_name', 'if', 'valid_referers']);

export const inconsistentVariableCase = defineRule({
  id: 'inconsistent-variable-case',
  category: 'http',
  severity: 'hint',
  summary: 'one variable, spelled in upper case and in lower case',
  fixable: 'safe',
  presets: ['recommended', 'style'],
  references: ['https://nginx.org/en/docs/varindex.html'],
  check({ model, report }) {
    for (const [name, mentions] of mentionsOf(model).byName) {
      const first = mentions.find(({ defines }) => defines) ?? mentions.find(({ written }) => written === name) ?? mentions[0];
      if (!first || mentions.every(({ written }) => written === first.written)) continue;
      for (const mention of mentions) {
        if (mention.written === first.written || isPattern(mention)) continue;
        for (const span of spansOf(mention)) {
          report({
            span,
            message: `$${mention.written} is called $${first.written} elsewhere`,
            why: 'To nginx both are the same variable; people and searches take them for two.',
            help: `write $${first.written}`,
            related: [{ message: 'spelled so here', span: spanOfArgument(first.directive, Math.max(first.index, 0)) }],
            fix: { title: `write $${first.written}`, safety: 'safe', edits: [replace(span, first.written)] },
          });
        }
      }
    }
  },
});

function isPattern({ directive: { name, args }, index }: Mention): boolean {
  return patterns.has(name) || index < 0 || (args[index] ?? '').startsWith('~');
}

/** The places of the name in its argument, as it is written there. */
function spansOf({ directive, index, written }: Mention): readonly Span[] {
  const { source, start, end } = spanOfArgument(directive, index);
  return [...source.text.slice(start, end).matchAll(/\$\{?([A-Za-z_]\w*)/g)].flatMap((match) => {
    if (match[1] !== written) return [];
    const from = start + match.index + match[0].length - written.length;
    return [{ source, start: from, end: from + written.length }];
  });
}
