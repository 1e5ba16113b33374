import { lineAt } from '../base/source-text.ts';
import type { ConfigDirective } from '../config/config-tree.ts';
import type { Span } from '../diagnostics/diagnostic.ts';

/** The span of a directive's name. */
export function spanOfName({ source, node }: ConfigDirective): Span {
  return { source, start: node.name.start, end: node.name.end };
}

/** The span of argument `index`; the name's when there is no such argument. */
export function spanOfArgument(directive: ConfigDirective, index?: number): Span {
  const word = index === undefined ? undefined : directive.node.args[index];
  return word ? { source: directive.source, start: word.start, end: word.end } : spanOfName(directive);
}

/** The span of the directive up to its `;` or `{`, without its block. */
export function spanOfHead({ source, node }: ConfigDirective): Span {
  const last = node.args.at(-1) ?? node.name;
  return { source, start: node.name.start, end: last.end };
}

/** Where a directive stands, for people: `lb.conf:12`. */
export function fileAndLine({ source, node }: ConfigDirective): string {
  return `${source.name}:${lineAt(source, node.name.start)}`;
}
