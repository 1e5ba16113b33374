import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const upstreamOnlyBackupServers = defineRule({
  id: 'upstream-only-backup-servers',
  category: 'load-balancing',
  severity: 'error',
  summary: 'an upstream in which every server is a reserve',
  fixable: false,
  presets: ['recommended', 'load-balancing', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server'],
  madeIn: 'model',
  advise: () => ({ help: 'take backup from at least one server' }),
});
