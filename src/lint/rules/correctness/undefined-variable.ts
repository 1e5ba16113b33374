import { replace } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const undefinedVariable = defineRule({
  id: 'undefined-variable',
  category: 'correctness',
  severity: 'error',
  summary: 'a variable that nothing defines',
  fixable: 'unsafe',
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/varindex.html'],
  madeIn: 'model',
  advise: ({ word, span, nginx, help, directive }) => {
    const name = /"([^"]+)"/.exec(nginx)?.[1];
    const guess = /"\$(\w+)"/.exec(help ?? '')?.[1];
    const at = name === undefined ? -1 : directive.source.text.slice(span.start, span.end).indexOf(`$${name}`);
    if (guess === undefined || name === undefined || at < 0 || !word.includes(`$${name}`)) return undefined;
    const start = span.start + at + 1;
    const written = { source: span.source, start, end: start + name.length };
    return { fix: { title: `write "$${guess}"`, safety: 'unsafe', edits: [replace(written, guess)] } };
  },
});
