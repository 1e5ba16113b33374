import { defineRule } from '../../rule.ts';

/** Made while the text is read (src/syntax). */
export const missingSemicolon = defineRule({
  id: 'missing-semicolon',
  category: 'syntax',
  severity: 'error',
  summary: 'a directive without its `;` swallows the next one',
  fixable: 'safe',
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/beginners_guide.html#conf_structure'],
  madeIn: 'syntax',
});
