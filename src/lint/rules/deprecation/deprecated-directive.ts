import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const deprecatedDirective = defineRule({
  id: 'deprecated-directive',
  category: 'deprecation',
  severity: 'warning',
  summary: 'a directive that nginx still reads, and has replaced or no longer obeys',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/dirindex.html'],
  madeIn: 'model',
});
