import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const zoneConflict = defineRule({
  id: 'zone-conflict',
  category: 'correctness',
  severity: 'error',
  summary: 'one zone or path declared twice, differently',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_limit_req_module.html#limit_req_zone'],
  madeIn: 'model',
});
