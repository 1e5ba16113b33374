import type { SourceText } from '../base/source-text.ts';
import type { Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import type { Directive, File, Placeholder } from '../syntax/tree.ts';
import { walk } from '../syntax/walk.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Findings that do not rest on what a template engine is still to fill in: neither on a statement with a tag, nor on a block with lines of tags. */
export function withoutTemplateEvidence(files: readonly File[], found: readonly Diagnostic[]): readonly Diagnostic[] {
  const opaque = new Map<SourceText, readonly Range[]>();
  for (const file of files) if (file.placeholders) opaque.set(file.source, opaqueRanges(file, file.placeholders));
  if (opaque.size === 0) return found;
  const touches = ({ source, start, end }: Span): boolean => overlaps(opaque.get(source) ?? [], start, end);
  return found.filter(
    ({ rule, span, related = [] }) =>
      rule === 'shell-or-template-syntax' || !(touches(span) || related.some((other) => touches(other.span))),
  );
}

/** True when lines of a template stand between the directives of a file: which of them there will be is not known. */
export function hasTemplateLines(files: readonly File[]): boolean {
  return files.some(({ placeholders = [] }) => placeholders.some(({ inWord }) => !inWord));
}

/** The tags, the statements that hold one, and the heads of blocks with lines of them; sorted, not overlapping. */
function opaqueRanges(file: File, placeholders: readonly Placeholder[]): readonly Range[] {
  const ranges: Range[] = placeholders.map(({ start, end }) => ({ start, end }));
  const lines = placeholders.filter(({ inWord }) => !inWord);
  const open: Placeholder[] = [];
  let [next, nextLine] = [0, 0];
  const gather = (until: number): void => {
    for (let line = lines[nextLine]; line && line.start < until; line = lines[++nextLine]) open.push(line);
  };
  walk(file, {
    enter(directive) {
      gather(directive.start);
      const head = headOf(directive);
      while ((placeholders[next]?.end ?? Number.POSITIVE_INFINITY) <= head.start) next++;
      if ((placeholders[next]?.start ?? Number.POSITIVE_INFINITY) < head.end) ranges.push(head);
    },
    leave(directive) {
      const { block } = directive;
      if (!block) return;
      gather(directive.end);
      const before = open.length;
      while ((open.at(-1)?.start ?? -1) > block.open) open.pop();
      if (open.length < before) ranges.push(headOf(directive));
    },
  });
  return merged(ranges);
}

function headOf({ name, args }: Directive): Range {
  return { start: name.start, end: (args.at(-1) ?? name).end };
}

function merged(ranges: Range[]): readonly Range[] {
  const all: { start: number; end: number }[] = [];
  for (const { start, end } of ranges.sort((a, b) => a.start - b.start)) {
    const last = all.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else all.push({ start, end });
  }
  return all;
}

function overlaps(ranges: readonly Range[], start: number, end: number): boolean {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.end ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  return (ranges[low]?.start ?? Number.POSITIVE_INFINITY) < Math.max(end, start + 1);
}
