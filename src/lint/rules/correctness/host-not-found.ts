import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check), where the machine may be asked. */
export const hostNotFound = defineRule({
  id: 'host-not-found',
  category: 'correctness',
  severity: 'error',
  summary: 'a name that nobody knows where nginx needs its address to start',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server',
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',
  ],
  madeIn: 'model',
  asks: 'names',
  advise: () => ({ help: 'correct the name, or have it looked up at run time: resolver, and a variable in proxy_pass' }),
});
