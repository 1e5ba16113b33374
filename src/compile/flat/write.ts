import { lineAt } from '../../base/source-text.ts';
import type { ConfigDirective, ConfigTree } from '../../config/config-tree.ts';
import type { Word } from '../../syntax/tree.ts';

/**
 * One file with every include in place: each run of directives that comes from an included file is headed by a comment that
 * names its origin. Words keep the spelling of their source; comments of the sources are left out.
 */
export function writeFlat(tree: ConfigTree): string {
  const lines: string[] = [];
  writeAll(tree.directives, tree.root.source.name, 0, lines);
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function writeAll(directives: readonly ConfigDirective[], outerFile: string, depth: number, lines: string[]): void {
  let file = outerFile;
  for (const directive of directives) {
    if (directive.source.name !== file) {
      file = directive.source.name;
      lines.push(`${indent(depth)}# ${file}:${lineAt(directive.source, directive.node.start)}`);
    }
    write(directive, depth, lines);
  }
}

function write(directive: ConfigDirective, depth: number, lines: string[]): void {
  const { source, node } = directive;
  const words = [node.name, ...node.args].map((word) => spelling(source.text, word));
  const head = indent(depth) + words.join(' ');
  if (!node.block) {
    lines.push(`${head};`);
  } else if (node.block.raw) {
    lines.push(`${head} {${source.text.slice(node.block.raw.start, node.block.raw.end)}}`);
  } else {
    lines.push(`${head} {`);
    writeAll(directive.children ?? [], source.name, depth + 1, lines);
    lines.push(`${indent(depth)}}`);
  }
}

function spelling(text: string, word: Word): string {
  return word.recovered ? word.value : text.slice(word.start, word.end);
}

function indent(depth: number): string {
  return '    '.repeat(depth);
}
