import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const lbMethodRedefined = defineRule({
  id: 'lb-method-redefined',
  category: 'load-balancing',
  severity: 'warning',
  summary: 'two balancing methods in one upstream, of which the last one counts',
  fixable: false,
  presets: ['recommended', 'load-balancing', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#upstream'],
  madeIn: 'model',
  advise: ({ directive: { name } }) => ({ why: `nginx balances by ${name}; what stands above it has no effect.` }),
});
