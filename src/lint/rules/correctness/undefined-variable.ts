import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const undefinedVariable = defineRule({
  id: 'undefined-variable',
  category: 'correctness',
  severity: 'error',
  summary: 'a variable that nothing defines',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/varindex.html'],
  madeIn: 'model',
});
