import { display } from '../../../base/source-text.ts';
import { insertBefore } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const upstreamResolveMissingZone = defineRule({
  id: 'upstream-resolve-missing-zone',
  category: 'load-balancing',
  severity: 'error',
  summary: '`resolve` in an upstream that has no shared memory',
  fixable: 'safe',
  presets: ['recommended', 'load-balancing', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#resolve'],
  madeIn: 'model',
  advise: ({ directive: { args, children } }) => {
    const name = args[0] ?? '';
    const first = children?.[0];
    return {
      help: `write zone ${display(name)} 64k; into the upstream`,
      fix:
        first && /^[\w.-]+$/.test(name)
          ? {
              title: `add zone ${name} 64k;`,
              safety: 'safe',
              edits: [insertBefore(first, [`zone ${name} 64k;`])],
            }
          : undefined,
    };
  },
});
