import type { SourceText } from '../../base/source-text.ts';
import type { ConfigDirective } from '../../config/config-tree.ts';
import type { Comment } from '../../syntax/tree.ts';

/** A file that is being written, up to where. */
interface Open {
  readonly source: SourceText;
  at: number;
  /** The directive that includes it; null for the file in which the list stands. */
  readonly by: ConfigDirective | null;
}

/** Takes comments: on lines of their own, or behind what was written last. */
interface Page {
  line(comment: string): void;
  behind(comment: string): void;
}

/** Finds the comments of all files that a list of directives comes from, in the order in which nginx reads them. */
export class FileComments {
  readonly #comments: ReadonlyMap<SourceText, readonly Comment[]>;
  readonly #page: Page;
  readonly #open: Open[];

  constructor(
    { source, from }: { readonly source: SourceText; readonly from: number },
    comments: ReadonlyMap<SourceText, readonly Comment[]>,
    page: Page,
  ) {
    this.#comments = comments;
    this.#page = page;
    this.#open = [{ source, at: from, by: null }];
  }

  /** Tells the comments before a directive, those of files that end before it and of includes on the way to it. */
  upTo(directive: ConfigDirective, includes: number): void {
    const { source, node, includedBy } = directive;
    this.#tellBehind();
    const way = includedBy.slice(includes);
    const sources = way.map((_, index) => way[index + 1]?.source ?? source);
    const isOpen = (depth: number) =>
      this.#open[depth + 1]?.by === way[depth] && this.#open[depth + 1]?.source === sources[depth];
    let depth = 0;
    while (depth < way.length && isOpen(depth)) depth++;
    this.#closeTo(depth + 1);
    for (; depth < way.length; depth++) {
      const by = way[depth] as ConfigDirective;
      this.#tell(by.node.start);
      this.#skip(by.node.end);
      this.#open.push({ source: sources[depth] as SourceText, at: 0, by });
    }
    this.#tell(node.start);
    // Comments among its arguments come before it.
    const head = node.block && !node.block.raw ? node.block.open : node.end;
    this.#tell(head);
    this.#skip(node.end);
  }

  /** Tells what is left up to the end of the list. */
  toEnd(to: number): void {
    this.#tellBehind();
    this.#closeTo(1);
    this.#tell(to);
  }

  #closeTo(depth: number): void {
    while (this.#open.length > depth) {
      this.#tell(Infinity);
      this.#open.pop();
    }
  }

  #tellBehind(): void {
    const top = this.#open.at(-1);
    const comment = top && this.#next(top);
    // Only what nothing but blanks on the line separates from it.
    if (!comment || top.at === 0 || !/^[ \t]*$/.test(top.source.text.slice(top.at, comment.start))) return;
    top.at = comment.end;
    this.#page.behind(textOf(top.source, comment));
  }

  #tell(before: number): void {
    const top = this.#open.at(-1);
    if (!top) return;
    for (let comment = this.#next(top); comment && comment.start < before; comment = this.#next(top)) {
      this.#page.line(textOf(top.source, comment));
      top.at = comment.end;
    }
    top.at = Math.max(top.at, before === Infinity ? top.at : before);
  }

  #skip(to: number): void {
    const top = this.#open.at(-1);
    if (top) top.at = Math.max(top.at, to);
  }

  /** The first comment from where a file has been written to. */
  #next({ source, at }: Open): Comment | undefined {
    const comments = this.#comments.get(source) ?? [];
    let [low, high] = [0, comments.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((comments[middle]?.start ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return comments[low];
  }
}

function textOf({ text }: SourceText, { start, end }: Comment): string {
  return text.slice(start, end).replace(/\r$/, '');
}
