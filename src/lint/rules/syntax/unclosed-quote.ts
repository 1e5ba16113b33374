import { defineRule } from '../../rule.ts';

/** Made while the text is read (src/syntax). */
export const unclosedQuote = defineRule({
  id: 'unclosed-quote',
  category: 'syntax',
  severity: 'error',
  summary: 'a quote that nothing closes, or a character right behind a closing quote',
  fixable: 'unsafe',
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/beginners_guide.html#conf_structure'],
  madeIn: 'syntax',
});
