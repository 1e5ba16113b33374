import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const proxyBuffersInvalid = defineRule({
  id: 'proxy-buffers-invalid',
  category: 'correctness',
  severity: 'error',
  summary: 'buffers of a proxy that do not fit each other',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_busy_buffers_size'],
  madeIn: 'model',
  advise: ({ nginx }) => {
    const prefix = /^"(\w+?)_(?:busy|temp|max|buffers)/.exec(nginx)?.[1];
    return prefix === undefined
      ? undefined
      : {
          help: `set ${prefix}_buffer_size, ${prefix}_buffers and ${prefix}_busy_buffers_size together: 128k, 4 256k and 256k fit`,
        };
  },
});
