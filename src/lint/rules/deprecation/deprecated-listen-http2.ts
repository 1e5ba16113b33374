import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const deprecatedListenHttp2 = defineRule({
  id: 'deprecated-listen-http2',
  category: 'deprecation',
  severity: 'warning',
  summary: '`http2` as a parameter of `listen`',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_v2_module.html#http2'],
  madeIn: 'model',
  advise: ({ options }) => ({
    help: 'write http2 on; in every server behind this address',
    severity: options.nginxVersion === undefined ? 'info' : undefined,
  }),
});
