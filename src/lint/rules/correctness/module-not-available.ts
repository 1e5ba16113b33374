import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const moduleNotAvailable = defineRule({
  id: 'module-not-available',
  category: 'correctness',
  severity: 'warning',
  summary: 'a directive of a module that this nginx is not built with',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/configure.html'],
  madeIn: 'model',
});
