import { defineRule } from '../../rule.ts';

/** Made while includes are followed (src/config). */
export const nestingTooDeep = defineRule({
  id: 'nesting-too-deep',
  category: 'correctness',
  severity: 'error',
  summary: 'blocks or includes nested so deep, or so many of them, that nginxlint stops looking',
  fixable: false,
  presets: ['recommended'],
  references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#location'],
  madeIn: 'config',
});
