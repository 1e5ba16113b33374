import { defineRule } from '../../rule.ts';

/** Made while the text is read (src/syntax/placeholders.ts). */
export const shellOrTemplateSyntax = defineRule({
  id: 'shell-or-template-syntax',
  category: 'syntax',
  severity: 'info',
  summary: 'the file is a template, and not what nginx will read',
  fixable: false,
  presets: ['recommended'],
  references: ['https://github.com/nginxinc/docker-nginx/blob/master/entrypoint/20-envsubst-on-templates.sh'],
  madeIn: 'syntax',
});
