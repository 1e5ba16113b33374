import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const plusOnlyDirective = defineRule({
  id: 'plus-only-directive',
  category: 'correctness',
  severity: 'error',
  summary: 'a directive of commercial nginx',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/dirindex.html'],
  madeIn: 'model',
});
