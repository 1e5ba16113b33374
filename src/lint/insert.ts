import { bytesOf, lineAt, lineEndOf, lineText, startsOfLines } from '../base/source-text.ts';
import type { ConfigDirective } from '../config/config-tree.ts';
import type { Edit, Span } from '../diagnostics/diagnostic.ts';
import type { Word } from '../syntax/tree.ts';

/** Writes `lines` on lines of their own below a directive, indented as it is, with the file's line ends. */
export function insertAfter(directive: ConfigDirective, lines: readonly string[]): Edit {
  const { source, node } = directive;
  const restStart = node.end;
  const line = lineAt(source, Math.max(node.start, restStart - 1));
  const lineEnd = (startsOfLines(source)[line - 1] ?? 0) + lineText(source, line).length;
  const rest = source.text.slice(restStart, lineEnd);
  const indent = indentOf(directive);
  if (indent === null || !/^[ \t]*(#.*)?$/.test(rest))
    return insertion(directive, restStart, lines.map((text) => ` ${text}`).join(''));
  return insertion(directive, lineEnd, lines.map((text) => `${lineEndOf(directive.source)}${indent}${text}`).join(''));
}

/** Writes `lines` above a directive, indented as it is. */
export function insertBefore(directive: ConfigDirective, lines: readonly string[]): Edit {
  const indent = indentOf(directive);
  const between = indent === null ? ' ' : lineEndOf(directive.source) + indent;
  return insertion(directive, directive.node.start, lines.map((text) => text + between).join(''));
}

/** Writes `lines` at the end of a block; undefined when the block's text is not whole. */
export function insertAtEnd(block: ConfigDirective, lines: readonly string[]): Edit | undefined {
  const last = block.children?.findLast(({ source, node }) => source === block.source && node.start > block.node.start);
  if (last) return insertAfter(last, lines);
  const { block: braces } = block.node;
  if (!braces || braces.open < 0) return undefined;
  return insertion(block, braces.open + 1, lines.map((text) => ` ${text}`).join(''));
}

/** Writes a word behind argument `index`; -1 is the name. */
export function insertWord({ source, node }: ConfigDirective, index: number, text: string): Edit {
  const { end } = node.args[index] ?? node.name;
  return { span: { source, start: end, end }, text: bytesOf(` ${text}`) };
}

/** Writes `lines` in front of everything in a block; undefined when the block's text is not whole. */
export function insertAtStart(block: ConfigDirective, lines: readonly string[]): Edit | undefined {
  const first = block.children?.find(({ source, node }) => source === block.source && node.start > block.node.start);
  return first ? insertBefore(first, lines) : insertAtEnd(block, lines);
}

/** Removes a word with the blanks before it. */
export function removeWord({ source }: ConfigDirective, { start, end }: Word): Edit {
  let from = start;
  while (/[ \t]/.test(source.text[from - 1] ?? '')) from--;
  return { span: { source, start: from, end }, text: '' };
}

/** Removes a directive, and its line where it stands there alone. */
export function removeDirective(directive: ConfigDirective): Edit {
  const { source, node } = directive;
  const indent = indentOf(directive);
  const rest = /^[ \t]*\r?\n/.exec(source.text.slice(node.end, node.end + 200))?.[0];
  const isAlone = indent !== null && rest !== undefined;
  return {
    span: { source, start: node.start - (isAlone ? indent.length : 0), end: node.end + (isAlone ? rest.length : 0) },
    text: '',
  };
}

/** Moves directives below or above another one; undefined when their text cannot be carried as it is. */
export function move(
  directives: readonly ConfigDirective[],
  where: 'above' | 'below',
  target: ConfigDirective,
): readonly Edit[] | undefined {
  const texts = directives.map(({ source, node }) => source.text.slice(node.start, node.end));
  if (texts.some((text) => /[^\x20-\x7e]/.test(text)) || directives.some(({ source }) => source !== target.source))
    return undefined;
  const insertion = where === 'above' ? insertBefore(target, texts) : insertAfter(target, texts);
  return [insertion, ...directives.map(removeDirective)];
}

/** Replaces the text of a span. */
export function replace(span: Span, text: string): Edit {
  return { span, text: bytesOf(text) };
}

/** What stands before a directive on its line when that is nothing but blanks; null otherwise. */
function indentOf({ source, node }: ConfigDirective): string | null {
  const start = startsOfLines(source)[lineAt(source, node.start) - 1] ?? 0;
  const before = source.text.slice(start, node.start);
  return /^[ \t]*$/.test(before) ? before : null;
}

function insertion({ source }: ConfigDirective, at: number, text: string): Edit {
  return { span: { source, start: at, end: at }, text: bytesOf(text) };
}

/** Writes a text right behind an argument's last character, inside its quotes when it has some. */
export function insertBehind(directive: ConfigDirective, index: number, text: string): Edit {
  const word = directive.node.args[index] ?? directive.node.name;
  return insertion(directive, word.end - (isQuoted(directive, word) ? 1 : 0), text);
}

/** Writes a text right before `part`, which an argument ends in, inside its quotes when it has some. */
export function insertInFront(directive: ConfigDirective, index: number, part: string, text: string): Edit {
  const word = directive.node.args[index] ?? directive.node.name;
  const written = directive.source.text.slice(word.start, word.end);
  const at = written.lastIndexOf(part);
  return insertion(directive, word.start + (at < 0 ? Number(isQuoted(directive, word)) : at), text);
}

function isQuoted({ source }: ConfigDirective, { start }: Word): boolean {
  return /["']/.test(source.text.charAt(start));
}
