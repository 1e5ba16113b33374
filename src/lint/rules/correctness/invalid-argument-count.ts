import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import type { Use } from '../../../model/scope.ts';
import { misshapeOf } from '../../../model/shape.ts';
import { describe } from '../../../schema/arity.ts';
import { releasesOf } from '../../options.ts';
import { defineRule } from '../../rule.ts';

export const invalidArgumentCount = defineRule({
  id: 'invalid-argument-count',
  category: 'correctness',
  severity: 'error',
  summary: 'more or fewer arguments than the directive takes',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/dirindex.html'],
  each(use, { options, report }) {
    const { directive } = use;
    const misshape = misshapeOf(use, releasesOf(options).newest);
    if (typeof misshape !== 'object' || !isWhole(use)) return;
    const words = `invalid number of arguments in "${directive.name}" directive`;
    const surplus = directive.args.length > misshape.wanted.max;
    report({
      span: surplus ? spanOfArgument(directive, misshape.wanted.max) : spanOfHead(directive),
      message: words,
      why: `It has ${directive.args.length || 'none'}, and takes ${describe(misshape.wanted)}; nginx does not start with it.`,
      help: surplus && hasBlanks(use) ? 'a value with blanks in it needs quotes around it' : undefined,
      nginx: words,
    });
  },
});

/** A directive without its terminator, or with a template inside, has another cause. */
function isWhole({ directive: { node, args } }: Use): boolean {
  return node.terminator >= 0 && !node.recovered && !args.some((value) => /\{\{|<%|\{%/.test(value));
}

function hasBlanks({ entry }: Use): boolean {
  const kind = entry.facts.value?.kind;
  return kind === 'string' || kind === 'complex' || kind === 'path' || kind === 'keyval';
}
