import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const splitClientsInvalid = defineRule({
  id: 'split-clients-invalid',
  category: 'correctness',
  severity: 'error',
  summary: 'percentages that are none, or more than 100',
  fixable: false,
  presets: ['recommended', 'load-balancing', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_split_clients_module.html'],
  madeIn: 'model',
});
