import { removeDirective } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const deprecatedHttp2Directives = defineRule({
  id: 'deprecated-http2-directives',
  category: 'deprecation',
  severity: 'info',
  summary: "settings of HTTP/2's own that nginx no longer has",
  fixable: 'safe',
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_v2_module.html'],
  madeIn: 'model',
  advise: ({ directive, nginx }) => {
    const instead = /use the "([^"]+)"/.exec(nginx)?.[1];
    return {
      severity: 'info',
      message: `${directive.name} does nothing any more`,
      why: 'nginx reads it, says so each time, and goes on without it.',
      help: instead === undefined ? 'remove it' : `remove it; ${instead} holds for HTTP/2 as well now`,
      fix: { title: 'remove it', safety: 'safe', edits: [removeDirective(directive)] },
    };
  },
});
