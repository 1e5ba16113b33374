import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const rootAliasConflict = defineRule({
  id: 'root-alias-conflict',
  category: 'correctness',
  severity: 'error',
  summary: '`root` and `alias` in one location, or `alias` where it cannot be',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#alias'],
  madeIn: 'model',
});
