import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const undefinedZone = defineRule({
  id: 'undefined-zone',
  category: 'correctness',
  severity: 'error',
  summary: 'a shared memory zone that nothing declares',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_limit_req_module.html#limit_req_zone',
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_cache_path',
  ],
  madeIn: 'model',
});
