import { spanOfName } from '../../../model/place.ts';
import { removeDirective, replace } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const deprecatedDirective = defineRule({
  id: 'deprecated-directive',
  category: 'deprecation',
  severity: 'warning',
  summary: 'a directive that nginx still reads, and has replaced or no longer obeys',
  fixable: 'safe',
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/dirindex.html'],
  madeIn: 'model',
  advise: ({ directive, nginx }) => {
    const instead = /use the "([^"]+)"/.exec(nginx)?.[1];
    if (nginx.includes('is obsolete'))
      return {
        why: 'nginx reads it, says so each time, and does nothing with it.',
        help: instead === undefined ? 'remove it' : `remove it; ${instead} does this now`,
        fix: { title: 'remove it', safety: 'safe', edits: [removeDirective(directive)] },
      };
    if (instead === undefined) return undefined;
    const isRename = renamed.has(directive.name);
    return {
      help: `write ${instead}`,
      fix: isRename ? { title: `write ${instead}`, safety: 'safe', edits: [replace(spanOfName(directive), instead)] } : undefined,
    };
  },
});

/** Old names of what takes the same arguments now (ngx_stream_proxy_commands). */
const renamed: ReadonlySet<string> = new Set(['proxy_downstream_buffer', 'proxy_upstream_buffer']);
