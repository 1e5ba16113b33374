import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check), where the machine may be asked. */
export const fileUnusable = defineRule({
  id: 'file-unusable',
  category: 'correctness',
  severity: 'error',
  summary: 'a file, directory or user that nginx needs to start and that this machine does not have',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/ngx_core_module.html#error_log', 'https://nginx.org/en/docs/ngx_core_module.html#user'],
  madeIn: 'model',
  asks: 'files',
});
