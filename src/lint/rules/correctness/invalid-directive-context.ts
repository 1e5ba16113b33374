import type { Misplaced } from '../../../model/build.ts';
import { fitsElsewhere } from '../../../model/fits-elsewhere.ts';
import { scopesAround } from '../../../model/inherited.ts';
import { spanOfName } from '../../../model/place.ts';
import { type Context, contextNames } from '../../../schema/contexts.ts';
import { defineRule } from '../../rule.ts';

export const invalidDirectiveContext = defineRule({
  id: 'invalid-directive-context',
  category: 'correctness',
  severity: 'error',
  summary: 'a directive in a block that its module does not allow it in',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/dirindex.html'],
  check({ model, report }) {
    for (const misplaced of model.misplaced) {
      const { directive, scope } = misplaced;
      if (fitsElsewhere(model, misplaced)) continue;
      const words = `"${directive.name}" directive is not allowed here`;
      report({
        span: spanOfName(directive),
        message: `${words}, in ${contextNames(scope.context).join(', ')}`,
        why: 'nginx does not start, and refuses a reload, with a directive in a block where its module does not look for it.',
        help: advice(misplaced),
        nginx: words,
      });
    }
  },
});

function advice(misplaced: Misplaced): string {
  const legal = legalContexts(misplaced);
  const around = [...scopesAround(misplaced.scope)].find(({ context }) => context & legal);
  const places = list(contextNames(legal));
  if (around) return `move it out to the enclosing ${contextNames(around.context).join()} block; it may stand in ${places}`;
  return `it may stand in ${places}`;
}

/** nginx's own meanings count first: a name that Tengine or rtmp uses otherwise should not confuse. */
function legalContexts({ entries }: Misplaced): Context {
  const own = entries.filter(({ module }) => !module.package);
  return (own.length > 0 ? own : entries).reduce((all, { facts }) => all | facts.in, 0);
}

function list(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}
