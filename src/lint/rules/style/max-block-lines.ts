import { lineAt } from '../../../base/source-text.ts';
import type { Directive, File } from '../../../syntax/tree.ts';
import { walk } from '../../../syntax/walk.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

/** Blocks that hold everything, and tables. */
const mayBeLong: ReadonlySet<string> = new Set(['http', 'stream', 'mail', 'map', 'geo', 'types', 'split_clients', 'charset_map']);

export const maxBlockLines = defineRule({
  id: 'max-block-lines',
  category: 'style',
  severity: 'hint',
  summary: 'a block or a file that is too long, or too deep, to be read',
  fixable: false,
  presets: ['strict'],
  settings: {
    max: { default: 100, about: 'most lines of a block' },
    maxDepth: { default: 6, about: 'most blocks around a line' },
    maxFile: { default: 1000, about: 'most lines of a file' },
  },
  references: ['https://nginx.org/en/docs/ngx_core_module.html#include'],
  check(context) {
    for (const file of context.model.config.files) {
      examineFile(file, context);
      walk(file, { enter: (directive, ancestors) => examineBlock(file, directive, ancestors.length + 1, context) });
    }
  },
});

function examineFile({ source, directives }: File, context: RuleContext): void {
  const lines = lineAt(source, source.text.length - 1);
  const first = directives[0];
  if (!first || lines <= context.setting<number>('maxFile')) return;
  report({ start: first.name.start, end: first.name.end }, `this file has ${lines} lines`, source, context);
}

function examineBlock({ source }: File, { name, args, block }: Directive, depth: number, context: RuleContext): void {
  if (!block || block.open < 0 || block.close < 0) return;
  const span = { start: name.start, end: (args.at(-1) ?? name).end };
  const lines = lineAt(source, block.close) - lineAt(source, name.start) + 1;
  if (lines > context.setting<number>('max') && !mayBeLong.has(name.value))
    report(span, `this block has ${lines} lines`, source, context);
  else if (depth === context.setting<number>('maxDepth') + 1) report(span, `${depth} blocks in each other`, source, context);
}

function report(
  { start, end }: { readonly start: number; readonly end: number },
  message: string,
  source: File['source'],
  context: RuleContext,
): void {
  context.report({
    span: { source, start, end },
    message,
    why: 'What does not fit on a screen or two is not read as a whole, and what is in force in it is not seen.',
    help: 'move parts that belong together to files of their own, and include them',
  });
}
