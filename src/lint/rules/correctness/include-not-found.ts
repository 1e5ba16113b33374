import { defineRule } from '../../rule.ts';

/** Made while includes are followed (src/config). */
export const includeNotFound = defineRule({
  id: 'include-not-found',
  category: 'correctness',
  severity: 'error',
  summary: 'an included file does not exist',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/ngx_core_module.html#include'],
  madeIn: 'config',
});
