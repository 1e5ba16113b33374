import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const sslVerifyClientWithoutCa = defineRule({
  id: 'ssl-verify-client-without-ca',
  category: 'correctness',
  severity: 'error',
  summary: 'a certificate to be verified, and no authority to verify it with',
  fixable: false,
  presets: ['recommended', 'security', 'nginx-t'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_verify_client',
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_ssl_verify',
  ],
  madeIn: 'model',
  advise: ({ nginx }) => {
    const prefix = /(\w+)_ssl_trusted_certificate/.exec(nginx)?.[1];
    return { help: prefix === undefined ? 'write ssl_client_certificate' : `write ${prefix}_ssl_trusted_certificate` };
  },
});
