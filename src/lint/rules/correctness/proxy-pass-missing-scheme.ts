import { replace } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const proxyPassMissingScheme = defineRule({
  id: 'proxy-pass-missing-scheme',
  category: 'correctness',
  severity: 'error',
  summary: 'an address without `http://`',
  fixable: 'unsafe',
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass'],
  madeIn: 'model',
  advise: ({ word, span, directive: { name } }) => {
    if (name !== 'proxy_pass' || !/^[\w.-]+(:\d+)?(\/[\w./-]*)?$/.test(word))
      return { help: 'start it with http:// or https://' };
    const instead = `http://${word}`;
    return {
      help: `write ${instead}`,
      fix: { title: 'add http://', safety: 'unsafe', edits: [replace(span, instead)] },
    };
  },
});
