import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const conflictingServerName = defineRule({
  id: 'conflicting-server-name',
  category: 'correctness',
  severity: 'warning',
  summary: 'a name that another server behind the same address has already',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#server_name'],
  madeIn: 'model',
  advise: () => ({
    why: 'Requests for the name go to the first of the servers; this one never gets them.',
    help: 'leave the name in one server, or give this one another address',
  }),
});
