import { defineRule } from '../../rule.ts';

/** Made while the text is read (src/syntax). */
export const unmatchedBraces = defineRule({
  id: 'unmatched-braces',
  category: 'syntax',
  severity: 'error',
  summary: 'a `{` without its `}`, or a `}` without its `{`',
  fixable: 'unsafe',
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/beginners_guide.html#conf_structure'],
  madeIn: 'syntax',
});
