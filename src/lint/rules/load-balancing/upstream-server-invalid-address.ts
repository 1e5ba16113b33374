import { replace } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const upstreamServerInvalidAddress = defineRule({
  id: 'upstream-server-invalid-address',
  category: 'load-balancing',
  severity: 'error',
  summary: 'a server of an upstream that is no address: a scheme, a path, a bad port',
  fixable: 'safe',
  presets: ['recommended', 'load-balancing', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server'],
  madeIn: 'model',
  advise: ({ word, span, directive: { name } }) => {
    const instead = /^https?:\/\/([\w.-]+(?::\d+)?)\/?$/.exec(word)?.[1];
    if (name !== 'server' || instead === undefined) return undefined;
    return {
      help: `write ${instead}; the scheme stands in proxy_pass`,
      fix: { title: 'remove the scheme', safety: 'safe', edits: [replace(span, instead)] },
    };
  },
});
