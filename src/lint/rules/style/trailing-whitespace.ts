import type { File } from '../../../syntax/tree.ts';
import { walk } from '../../../syntax/walk.ts';
import { replace } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

export const trailingWhitespace = defineRule({
  id: 'trailing-whitespace',
  category: 'style',
  severity: 'hint',
  summary: 'blanks at the end of a line',
  fixable: 'safe',
  presets: ['style'],
  references: ['https://git-scm.com/docs/git-config#Documentation/git-config.txt-corewhitespace'],
  check({ model, report }) {
    for (const file of model.config.files) {
      const { source } = file;
      for (const { start, end } of outside(blanksAtEnds(source.text), file)) {
        const span = { source, start, end };
        report({
          span,
          message: 'blanks at the end of the line',
          why: 'Nobody sees them, and each tool that removes them makes changes that mean nothing.',
          help: 'remove them',
          fix: { title: 'remove them', safety: 'safe', edits: [replace(span, '')] },
        });
      }
    }
  },
});

function blanksAtEnds(text: string): readonly Range[] {
  const found: Range[] = [];
  for (let from = 0; from < text.length; ) {
    const next = text.indexOf('\n', from);
    const lineEnd = next < 0 ? text.length : next;
    const end = text[lineEnd - 1] === '\r' ? lineEnd - 1 : lineEnd;
    let start = end;
    while (start > from && (text[start - 1] === ' ' || text[start - 1] === '\t')) start--;
    if (start < end) found.push({ start, end });
    from = lineEnd + 1;
  }
  return found;
}

/** Blanks that are not in a string over several lines or in foreign code. */
function outside(blanks: readonly Range[], file: File): readonly Range[] {
  if (blanks.length === 0) return blanks;
  const inside: Range[] = [];
  walk(file, {
    enter({ args, block }) {
      for (const word of args) if (word.quote) inside.push(word);
      if (block?.raw) inside.push(block.raw);
    },
  });
  let next = 0;
  return blanks.filter(({ start }) => {
    while ((inside[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next++;
    return start < (inside[next]?.start ?? Number.POSITIVE_INFINITY);
  });
}
