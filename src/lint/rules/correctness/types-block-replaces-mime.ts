import { hasHoleAround } from '../../../model/holes.ts';
import { spanOfHead, spanOfName } from '../../../model/place.ts';
import type { Use } from '../../../model/scope.ts';
import { effective, useIn } from '../../../model/scope.ts';
import { insertAtEnd } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

/** Types that a page cannot do without. */
const needed = ['html', 'css', 'js'];

export const typesBlockReplacesMime = defineRule({
  id: 'types-block-replaces-mime',
  category: 'correctness',
  severity: 'warning',
  summary: 'a `types` block of its own takes all known types of files away from a block',
  fixable: 'unsafe',
  presets: ['recommended'],
  references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#types'],
  on: {
    types(use, { model, report }) {
      const { scope, directive } = use;
      if (!scope.parent || useIn(scope, 'types') !== use || hasHoleAround(model.config, scope)) return;
      const own = extensionsOf(effective(scope, 'types'));
      const outer = effective(scope.parent, 'types');
      const before = extensionsOf(outer);
      const lost = needed.filter((name) => before.has(name) && !own.has(name));
      if (own.size === 0 || lost.length === 0 || directive.node.block?.directives.some(({ name }) => name.value === 'include'))
        return;
      const edit = insertAtEnd(directive, ['include mime.types;']);
      report({
        span: spanOfName(directive),
        message: `the types of ${before.size} extensions are not known here, among them ${lost.join(', ')}`,
        why: 'A types block replaces that of the block around it: files of all other kinds are sent with default_type, and browsers download them, or refuse style sheets and scripts.',
        help: 'write the types block where the others are, or include mime.types in it as well',
        related: outer.slice(0, 1).map((one) => ({ message: 'these types are lost', span: spanOfHead(one.directive) })),
        fix: edit && { title: 'include mime.types', safety: 'unsafe', edits: [edit] },
      });
    },
  },
});

function extensionsOf(blocks: readonly Use[]): ReadonlySet<string> {
  return new Set(blocks.flatMap(({ directive }) => (directive.children ?? []).flatMap(({ args }) => args)));
}
