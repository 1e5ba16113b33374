import { defineRule } from '../../rule.ts';

/** Made while the text is read (src/syntax). */
export const tokenTooLong = defineRule({
  id: 'token-too-long',
  category: 'syntax',
  severity: 'error',
  summary: 'one word longer than the buffer nginx reads configuration with',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/beginners_guide.html#conf_structure'],
  madeIn: 'syntax',
});
