import type { ConfigDirective } from '../../../config/config-tree.ts';
import { spanOfHead } from '../../../model/place.ts';
import { removeDirective } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const duplicateListen = defineRule({
  id: 'duplicate-listen',
  category: 'correctness',
  severity: 'error',
  summary: 'one address twice in a server, or its options twice in a configuration',
  fixable: 'safe',
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#listen'],
  madeIn: 'model',
  advise: ({ directive, nginx }) => {
    const text = wordsOf(directive);
    const siblings = directive.parent?.children?.filter(({ name }) => name === 'listen') ?? [];
    const first = siblings.find((one) => one !== directive && one.node.start < directive.node.start && wordsOf(one) === text);
    if (nginx.startsWith('a duplicate default')) return { help: 'leave default_server in one of the servers' };
    if (nginx.startsWith('duplicate listen options'))
      return { help: 'write the options of the socket in one server only, and the bare address in the others' };
    if (!first) return { help: 'remove this line, or the other one for the same address' };
    return {
      help: 'remove one of the two lines',
      related: [{ message: 'the first one', span: spanOfHead(first) }],
      fix: { title: 'remove the second listen', safety: 'safe', edits: [removeDirective(directive)] },
    };
  },
});

function wordsOf({ args }: ConfigDirective): string {
  return args.join(' ');
}
