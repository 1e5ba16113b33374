import { spanOfHead } from '../../../model/place.ts';
import { misshapeOf } from '../../../model/shape.ts';
import { releasesOf } from '../../options.ts';
import { defineRule } from '../../rule.ts';

export const blockTerminatorMismatch = defineRule({
  id: 'block-terminator-mismatch',
  category: 'syntax',
  severity: 'error',
  summary: 'a block that ends in `;`, or a simple directive that opens `{`',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/beginners_guide.html#conf_structure'],
  each(use, { options, report }) {
    const { directive } = use;
    const misshape = misshapeOf(use, releasesOf(options).newest);
    if (typeof misshape !== 'string' || directive.node.terminator < 0) return;
    const isBlock = misshape === 'is not terminated';
    const words = `directive "${directive.name}" ${isBlock ? 'is not terminated by ";"' : 'has no opening "{"'}`;
    report({
      span: spanOfHead(directive),
      message: words,
      why: isBlock
        ? 'It is a simple directive: it ends in ";" and has no block; nginx does not start with it.'
        : 'What it holds stands in a block; nginx does not start with a ";" in its place.',
      help: isBlock
        ? `write "${directive.name} …;", and move out what stands between the braces`
        : `write "${directive.name} … { … }"`,
      nginx: words,
    });
  },
});
