import { defineRule } from '../../rule.ts';

/** Made while the text is read (src/syntax). */
export const orphanServerBlock = defineRule({
  id: 'orphan-server-block',
  category: 'syntax',
  severity: 'error',
  summary: 'the line `server {` was lost: its directives and its `}` are left',
  fixable: 'unsafe',
  presets: ['recommended', 'nginx-t'],
  references: [
    'https://nginx.org/en/docs/beginners_guide.html#conf_structure',
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#server',
  ],
  madeIn: 'syntax',
});
