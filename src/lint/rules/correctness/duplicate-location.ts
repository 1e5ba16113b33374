import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const duplicateLocation = defineRule({
  id: 'duplicate-location',
  category: 'correctness',
  severity: 'error',
  summary: 'two locations for the same path',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#location'],
  madeIn: 'model',
});
