import { defineRule } from '../../rule.ts';

/** Made while the text is read (src/syntax). */
export const invalidEscapeOrBom = defineRule({
  id: 'invalid-escape-or-bom',
  category: 'syntax',
  severity: 'warning',
  summary: 'bytes that look like blanks, quotes or `;` and are none: BOM, no-break space, full-width signs',
  fixable: 'safe',
  presets: ['recommended'],
  references: ['https://nginx.org/en/docs/beginners_guide.html#conf_structure'],
  madeIn: 'syntax',
});
