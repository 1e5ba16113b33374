import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const upstreamResolveMissingResolver = defineRule({
  id: 'upstream-resolve-missing-resolver',
  category: 'load-balancing',
  severity: 'error',
  summary: '`resolve` in an upstream, and nobody to ask',
  fixable: false,
  presets: ['recommended', 'load-balancing', 'nginx-t'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#resolver',
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#resolver',
  ],
  madeIn: 'model',
  advise: () => ({ help: 'write resolver ADDRESS into the upstream or into http' }),
});
