import { spanOfHead } from '../../../model/place.ts';
import { removeDirective } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const duplicateDirective = defineRule({
  id: 'duplicate-directive',
  category: 'correctness',
  severity: 'error',
  summary: 'a directive that may stand only once in a block stands there twice',
  fixable: 'unsafe',
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/dirindex.html'],
  madeIn: 'model',
  advise: ({ directive }) => {
    const first = directive.parent?.children?.find(({ name }) => name === directive.name);
    if (!first || first === directive) return undefined;
    const isSame = first.args.join(' ') === directive.args.join(' ') && directive.node.block === null;
    return {
      help: isSame ? 'remove one of them' : 'leave the one that is meant',
      related: [{ message: 'the first one', span: spanOfHead(first) }],
      fix: isSame ? { title: 'remove the second one', safety: 'unsafe', edits: [removeDirective(directive)] } : undefined,
    };
  },
});
