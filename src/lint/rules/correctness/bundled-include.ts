import { defineRule } from '../../rule.ts';

/** Made while includes are followed (src/config). */
export const bundledInclude = defineRule({
  id: 'bundled-include',
  category: 'correctness',
  severity: 'hint',
  summary: 'an included stock file (`mime.types`, `fastcgi_params` …) was missing and read from our copy',
  fixable: false,
  presets: ['recommended'],
  references: ['https://nginx.org/en/docs/ngx_core_module.html#include'],
  madeIn: 'config',
});
