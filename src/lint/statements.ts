import type { SourceText } from '../base/source-text.ts';
import type { ConfigDirective } from '../config/config-tree.ts';
import type { Span } from '../diagnostics/diagnostic.ts';

/** A word of a directive: its name (-1) or an argument. */
export interface Place {
  readonly directive: ConfigDirective;
  readonly index: number;
}

/** Finds the directive that a place in a text belongs to. */
export class Statements {
  readonly #bySource = new Map<SourceText, ConfigDirective[]>();

  constructor(directives: readonly ConfigDirective[]) {
    this.#add(directives);
    for (const all of this.#bySource.values()) all.sort((a, b) => a.node.start - b.node.start);
  }

  /** The directive whose name or argument a span is. */
  of({ source, start }: Span): Place | undefined {
    const directive = this.#lastBefore(source, start);
    if (!directive) return undefined;
    if (directive.node.name.start === start) return { directive, index: -1 };
    const index = directive.node.args.findIndex((word) => word.start === start);
    return index < 0 ? undefined : { directive, index };
  }

  /** The directive whose words, or the `;` behind them, a span touches. */
  at({ source, start, end }: Span): ConfigDirective | undefined {
    const directive = this.#lastBefore(source, Math.max(start, end - 1));
    if (!directive) return undefined;
    const { name, args, terminator } = directive.node;
    return start <= Math.max((args.at(-1) ?? name).end, terminator + 1) ? directive : undefined;
  }

  #add(directives: readonly ConfigDirective[]): void {
    for (const directive of directives) {
      if (!directive.node.recovered) {
        const all = this.#bySource.get(directive.source);
        if (all) all.push(directive);
        else this.#bySource.set(directive.source, [directive]);
      }
      if (directive.children) this.#add(directive.children);
    }
  }

  #lastBefore(source: SourceText, offset: number): ConfigDirective | undefined {
    const all = this.#bySource.get(source) ?? [];
    let [low, high] = [0, all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((all[middle]?.node.start ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return all[low - 1];
  }
}
