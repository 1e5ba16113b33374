import { replace } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const proxyPassUriNotAllowed = defineRule({
  id: 'proxy-pass-uri-not-allowed',
  category: 'correctness',
  severity: 'error',
  summary: '`proxy_pass` with a path where nginx has nothing to replace by it',
  fixable: 'unsafe',
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass'],
  madeIn: 'model',
  advise: ({ word, span }) => {
    const [, server] = /^(https?:\/\/[\w.:[\]-]+)\/[^$]*$/.exec(word) ?? [];
    return {
      help: 'leave the path out, and change the request with rewrite … break above it',
      fix: server === undefined ? undefined : { title: `pass to ${server}`, safety: 'unsafe', edits: [replace(span, server)] },
    };
  },
});
