import { replace } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const proxyPassUpstreamPort = defineRule({
  id: 'proxy-pass-upstream-port',
  category: 'correctness',
  severity: 'error',
  summary: 'a port behind the name of an upstream',
  fixable: 'safe',
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass'],
  madeIn: 'model',
  advise: ({ word, span, directive: { name } }) => {
    const instead = word.replace(/^(\w+:\/\/[^/:]+|[^/:]+):\d+/, '$1');
    if (!name.endsWith('_pass') || instead === word) return { help: 'leave the port to the servers of the upstream' };
    return {
      help: `write ${instead}`,
      fix: { title: 'remove the port', safety: 'safe', edits: [replace(span, instead)] },
    };
  },
});
