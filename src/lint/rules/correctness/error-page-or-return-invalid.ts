import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const errorPageOrReturnInvalid = defineRule({
  id: 'error-page-or-return-invalid',
  category: 'correctness',
  severity: 'error',
  summary: 'a status that `error_page` or `return` cannot have',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#error_page',
    'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#return',
  ],
  madeIn: 'model',
});
