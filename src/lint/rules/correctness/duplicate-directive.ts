import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const duplicateDirective = defineRule({
  id: 'duplicate-directive',
  category: 'correctness',
  severity: 'error',
  summary: 'a directive that may stand only once in a block stands there twice',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/dirindex.html'],
  madeIn: 'model',
});
