import { defineRule } from '../../rule.ts';

/** Made while includes are followed (src/config). */
export const includeCycle = defineRule({
  id: 'include-cycle',
  category: 'correctness',
  severity: 'error',
  summary: 'a file includes itself, directly or through others',
  fixable: false,
  presets: ['recommended'],
  references: ['https://nginx.org/en/docs/ngx_core_module.html#include'],
  madeIn: 'config',
});
