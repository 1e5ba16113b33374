import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const invalidRegex = defineRule({
  id: 'invalid-regex',
  category: 'correctness',
  severity: 'error',
  summary: 'a regular expression that PCRE cannot compile',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: ['https://www.pcre.org/current/doc/html/pcre2pattern.html'],
  madeIn: 'model',
});
