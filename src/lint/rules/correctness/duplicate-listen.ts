import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const duplicateListen = defineRule({
  id: 'duplicate-listen',
  category: 'correctness',
  severity: 'error',
  summary: 'one address twice in a server, or its options twice in a configuration',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#listen'],
  madeIn: 'model',
});
