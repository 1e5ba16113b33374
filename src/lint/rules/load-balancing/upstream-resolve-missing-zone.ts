import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const upstreamResolveMissingZone = defineRule({
  id: 'upstream-resolve-missing-zone',
  category: 'load-balancing',
  severity: 'error',
  summary: '`resolve` in an upstream that has no shared memory',
  fixable: false,
  presets: ['recommended', 'load-balancing', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#resolve'],
  madeIn: 'model',
  advise: () => ({ help: 'write zone NAME 64k into the upstream' }),
});
