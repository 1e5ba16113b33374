import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const duplicateUpstream = defineRule({
  id: 'duplicate-upstream',
  category: 'correctness',
  severity: 'error',
  summary: 'two upstreams of one name',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#upstream'],
  madeIn: 'model',
});
