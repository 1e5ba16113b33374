import { defineRule } from '../../rule.ts';

/** Made while the text is read (src/syntax). */
export const orphanBlockBody = defineRule({
  id: 'orphan-block-body',
  category: 'syntax',
  severity: 'error',
  summary: 'the opening line of an upstream, location or other block was lost',
  fixable: 'unsafe',
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/beginners_guide.html#conf_structure'],
  madeIn: 'syntax',
});
