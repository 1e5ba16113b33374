import type { Directive } from '../../../syntax/tree.ts';
import { walk } from '../../../syntax/walk.ts';
import { replace } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const spaceBeforeSemicolon = defineRule({
  id: 'space-before-semicolon',
  category: 'style',
  severity: 'hint',
  summary: 'blanks before a `;`',
  fixable: 'safe',
  presets: ['style'],
  settings: { allowOwnLine: { default: true, about: 'false to report a `;` on a line of its own as well' } },
  references: ['https://nginx.org/en/docs/beginners_guide.html#conf_structure'],
  check({ model, setting, report }) {
    const allowOwnLine = setting<boolean>('allowOwnLine');
    for (const file of model.config.files) {
      const { source } = file;
      walk(file, {
        enter(directive) {
          const { terminator, block } = directive;
          const start = endOfWords(directive);
          if (block || terminator <= start) return;
          const gap = source.text.slice(start, terminator);
          if (/[^ \t\r\n]/.test(gap) || (allowOwnLine && gap.includes('\n'))) return;
          report({
            span: { source, start, end: terminator + 1 },
            message: 'blanks before the ";"',
            why: 'To nginx it is the same; people look for the ";" at the end of the word.',
            help: 'remove them',
            fix: { title: 'remove them', safety: 'safe', edits: [replace({ source, start, end: terminator }, '')] },
          });
        },
      });
    }
  },
});

function endOfWords({ name, args }: Directive): number {
  return (args.at(-1) ?? name).end;
}
