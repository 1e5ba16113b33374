import { removeWord } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const upstreamOnlyBackupServers = defineRule({
  id: 'upstream-only-backup-servers',
  category: 'load-balancing',
  severity: 'error',
  summary: 'an upstream in which every server is a reserve',
  fixable: 'unsafe',
  presets: ['recommended', 'load-balancing', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server'],
  madeIn: 'model',
  advise: ({ directive }) => {
    const first = directive.children?.find(({ name, args }) => name === 'server' && args.includes('backup'));
    const word = first?.node.args[first.args.indexOf('backup')];
    return {
      help: 'take backup from at least one server',
      fix: first &&
        word && { title: 'remove "backup" from the first server', safety: 'unsafe', edits: [removeWord(first, word)] },
    };
  },
});
