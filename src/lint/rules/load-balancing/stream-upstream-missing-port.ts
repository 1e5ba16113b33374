import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const streamUpstreamMissingPort = defineRule({
  id: 'stream-upstream-missing-port',
  category: 'load-balancing',
  severity: 'error',
  summary: 'a server without a port where no protocol says which is meant',
  fixable: false,
  presets: ['recommended', 'load-balancing', 'nginx-t'],
  references: ['https://nginx.org/en/docs/stream/ngx_stream_upstream_module.html#server'],
  madeIn: 'model',
  advise: ({ word }) => ({ help: `write the port: ${word}:PORT` }),
});
