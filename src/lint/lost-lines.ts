import { display } from '../base/source-text.ts';
import type { Fix, Related } from '../diagnostics/diagnostic.ts';
import type { LostSet } from '../model/lost-set.ts';
import { spanOfHead } from '../model/place.ts';
import type { Use } from '../model/scope.ts';
import { insertBefore } from './insert.ts';

const mostShown = 3;

/** The names of lost headers or parameters for a message: `X-A, X-B and 2 more`. */
export function lostNames(lost: readonly Use[]): string {
  const names = [...new Set(lost.map(({ directive }) => display(directive.args[0] ?? '')))];
  const rest = names.length - mostShown;
  const shown = names.slice(0, mostShown).map((name) => `"${name}"`);
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : (shown[0] ?? '');
}

/** Where the lost lines stand. */
export function whereLost(lost: readonly Use[]): readonly Related[] {
  return lost.slice(0, mostShown).map(({ directive }) => ({
    message: 'set here, for blocks without a set of their own',
    span: spanOfHead(directive),
  }));
}

/** Writes the lost lines above the block's own; none for a block whose own lines come from another file. */
export function copyLost({ own, lost }: LostSet): Fix | undefined {
  const [first] = own;
  if (!first || first.directive.source !== first.scope.directive?.source) return undefined;
  const lines = lost.map(({ directive: { source, node } }) => source.text.slice(node.start, node.end));
  if (lines.some((line) => !line.endsWith(';') || line.includes('\n'))) return undefined;
  return { title: 'say here again what is lost', safety: 'unsafe', edits: [insertBefore(first.directive, lines.map(display))] };
}
