import type { SourceText } from '../base/source-text.ts';

/** So many findings of one rule are made in one file; whatever has more is no configuration. */
export const mostMade = 10_000;

/** Counts findings while they are made. */
export class FindingCounts {
  private readonly bySource = new Map<SourceText, Map<string, number>>();

  /** Counts one more of a rule in a file; false when there are enough. */
  takes(rule: string, source: SourceText): boolean {
    let here = this.bySource.get(source);
    if (!here) this.bySource.set(source, (here = new Map()));
    const count = (here.get(rule) ?? 0) + 1;
    here.set(rule, count);
    return count <= mostMade;
  }
}
