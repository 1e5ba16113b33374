import { defineRule } from '../../rule.ts';

/** Made while files are read (src/config, src/cli). */
export const unreadableFile = defineRule({
  id: 'unreadable-file',
  category: 'correctness',
  severity: 'error',
  summary: 'a file that is there and cannot be read: a directory, a binary file, one without permission',
  fixable: false,
  presets: ['recommended'],
  references: ['https://nginx.org/en/docs/ngx_core_module.html#include'],
  madeIn: 'config',
});
