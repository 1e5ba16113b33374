import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check), where the machine may be asked. */
export const certificateUnusable = defineRule({
  id: 'certificate-unusable',
  category: 'correctness',
  severity: 'error',
  summary: 'a certificate, key or list for TLS that nginx could not load on this machine',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_certificate',
    'https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_client_certificate',
  ],
  madeIn: 'model',
  asks: 'files',
});
