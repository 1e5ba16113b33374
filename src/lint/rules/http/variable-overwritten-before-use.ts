import { inLowerCase } from '../../../model/address.ts';
import { spanOfHead } from '../../../model/place.ts';
import { type Use, usesIn } from '../../../model/scope.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

/** What may leave the sequence between two lines, or read a variable by its name. */
const branches = /^(?:if|rewrite|return|break|js_|perl_|set_|echo|modsecurity)|_by_lua/;

export const variableOverwrittenBeforeUse = defineRule({
  id: 'variable-overwritten-before-use',
  category: 'http',
  severity: 'warning',
  summary: 'a variable is set twice in a row, and the first value is never used',
  fixable: false,
  presets: ['recommended'],
  references: ['https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#set'],
  on: {
    set(use, context) {
      if (usesIn(use.scope, 'set')[0] === use) examine(use.scope.uses, context);
    },
  },
});

/** Follows one block: nginx carries out its rewrite directives in order, before all others. */
function examine(uses: readonly Use[], { report }: RuleContext): void {
  const waiting = new Map<string, Use>();
  for (const use of uses) {
    const { name, args } = use.directive;
    if (branches.test(name)) waiting.clear();
    if (name !== 'set') continue;
    for (const read of namesIn(args[1] ?? '')) waiting.delete(read);
    const variable = inLowerCase((args[0] ?? '').slice(1));
    const first = waiting.get(variable);
    waiting.set(variable, use);
    if (!first) continue;
    report({
      span: spanOfHead(first.directive),
      message: `${first.directive.args[0]} is set again before anything reads this value`,
      why: 'set, if, rewrite and return are carried out in the order in which they stand, before all other directives of the block: only the last value is seen.',
      help: 'remove this line, or give the second value another name',
      related: [{ message: 'set again here', span: spanOfHead(use.directive) }],
    });
  }
}

function namesIn(value: string): readonly string[] {
  return [...value.matchAll(/\$\{?(\w+)/g)].map(([, name = '']) => inLowerCase(name));
}
