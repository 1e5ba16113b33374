import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const sslCertificateMissing = defineRule({
  id: 'ssl-certificate-missing',
  category: 'correctness',
  severity: 'error',
  summary: 'a server that speaks TLS and has no certificate',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_certificate'],
  madeIn: 'model',
  advise: () => ({ help: 'write ssl_certificate and ssl_certificate_key, or ssl_reject_handshake on' }),
});
