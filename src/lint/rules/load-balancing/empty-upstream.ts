import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const emptyUpstream = defineRule({
  id: 'empty-upstream',
  category: 'load-balancing',
  severity: 'error',
  summary: 'an upstream without servers',
  fixable: false,
  presets: ['recommended', 'load-balancing', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server'],
  madeIn: 'model',
});
