import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const deprecatedSslOn = defineRule({
  id: 'deprecated-ssl-on',
  category: 'deprecation',
  severity: 'error',
  summary: '`ssl on` instead of a parameter of `listen`',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl'],
  madeIn: 'model',
  advise: () => ({ help: 'write listen … ssl' }),
});
