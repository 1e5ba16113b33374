import type { SourceText } from '../base/source-text.ts';
import type { Edit } from '../diagnostics/diagnostic.ts';

/** The edited text, or the two edits that cannot both be made. */
export type Edited = { readonly text: string } | { readonly conflict: readonly [Edit, Edit] };

/**
 * Applies the edits that concern this source. Edits that overlap are refused; insertions at one place are made
 * in the order given, those at the edge of a replacement before or behind it.
 */
export function applyEdits(source: SourceText, edits: readonly Edit[]): Edited {
  const ordered = edits
    .filter(({ span }) => span.source === source)
    .map((edit, order) => ({ edit, order }))
    .sort((a, b) => a.edit.span.start - b.edit.span.start || a.edit.span.end - b.edit.span.end || a.order - b.order)
    .map(({ edit }) => edit);
  let text = '';
  let at = 0;
  let before: Edit | null = null;
  for (const edit of ordered) {
    const { start, end } = edit.span;
    if (before && start < at) return { conflict: [before, edit] };
    text += source.text.slice(at, start) + edit.text;
    at = end;
    before = edit;
  }
  return { text: text + source.text.slice(at) };
}
