import type { SourceText } from '../base/source-text.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { mostMade } from '../diagnostics/finding-counts.ts';

/** So many findings of one rule in one file are shown. */
export const mostOfOneRule = 1000;

interface Count {
  shown: number;
  more: number;
}

/** The first findings of each rule in each file; where they end, one that says how many more there are. Keeps the order. */
export function firstFindings(found: readonly Diagnostic[]): readonly Diagnostic[] {
  if (found.length <= mostOfOneRule) return found;
  const counts = new Map<SourceText, Map<string, Count>>();
  const shown = found.flatMap((diagnostic): { readonly diagnostic: Diagnostic; readonly count: Count | null }[] => {
    const { rule, span } = diagnostic;
    const here = counts.get(span.source) ?? new Map<string, Count>();
    const count = here.get(rule) ?? { shown: 0, more: 0 };
    counts.set(span.source, here.set(rule, count));
    if (count.shown < mostOfOneRule) {
      count.shown++;
      return [{ diagnostic, count: null }];
    }
    return count.more++ === 0 ? [{ diagnostic, count }] : [];
  });
  return shown.map(({ diagnostic, count }) => (count ? summary(diagnostic, count.more) : diagnostic));
}

function summary({ rule, severity, span }: Diagnostic, more: number): Diagnostic {
  return {
    rule,
    severity,
    span,
    message: `${more >= mostMade - mostOfOneRule ? 'at least ' : ''}${more} more of the same in this file, from here on`,
    why: `Of one rule ${mostOfOneRule} findings are shown in one file.`,
  };
}
