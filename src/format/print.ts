import { lineEndOf } from '../base/source-text.ts';
import type { Comment, Directive, File, Word } from '../syntax/tree.ts';
import { columnAt, commentText, leadingBlanks, spacingOf, trailingComment } from './columns.ts';
import { type Line, type TrailingComment, widthOf } from './line.ts';
import { defaultFormat, type FormatOptions } from './options.ts';
import { Output } from './output.ts';
import { hasNewline, type Statement, statementOf, type WrittenLine } from './statement.ts';

/**
 * Writes a file that was read without errors in the layout of `options`. Every word and comment stays as it is spelled, in its
 * order; groups divided by blank lines stay divided. Formatting the result again gives the result.
 */
export function print(file: File, options: FormatOptions = defaultFormat): string {
  const printer = new Printer(file, options);
  printer.printAll(file.directives, file.source.text.length);
  return printer.output.finish();
}

class Printer {
  readonly output: Output;
  readonly #file: File;
  readonly #text: string;
  readonly #options: FormatOptions;
  readonly #unit: string;
  #nextComment = 0;
  /** Just past what was written last. */
  #end = 0;
  #depth = 0;

  constructor(file: File, options: FormatOptions) {
    this.#file = file;
    this.#text = file.source.text;
    this.#options = options;
    this.output = new Output(lineEndOf(file.source));
    this.#unit = options.indent === 'tab' ? '\t' : ' '.repeat(options.indent);
  }

  /** Writes directives and the comments around them, up to `end`. */
  printAll(directives: readonly Directive[], end: number): void {
    for (const directive of directives) {
      this.#printComments(directive.start);
      if (directive.block) this.#printBlock(directive);
      else this.#printStatement(directive);
      this.#end = directive.end;
    }
    this.#printComments(end);
  }

  #printComments(before: number): void {
    for (const comment of this.#commentsBefore(before)) {
      const { last } = this.output;
      const isBehind = last && last.kind !== 'comment' && !last.comment && !hasNewline(this.#text, this.#end, comment.start);
      if (isBehind) this.output.changeLast({ comment: this.#trailing(comment) });
      else this.#add({ kind: 'comment', words: [commentText(this.#text, comment)], blanks: this.#blanksBefore(comment.start) });
      this.#end = comment.end;
    }
  }

  *#commentsBefore(offset: number): Iterable<Comment> {
    const { comments } = this.#file;
    for (let at = comments[this.#nextComment]; at && at.start < offset; at = comments[this.#nextComment]) {
      this.#nextComment++;
      yield at;
    }
  }

  #trailing(comment: Comment, end = this.#end): TrailingComment {
    return trailingComment(this.#file.source, comment, end);
  }

  #add(line: Partial<Line> & Pick<Line, 'kind' | 'words'>): void {
    const indent = this.#unit.repeat(this.#depth);
    this.output.add({ indent, spacing: null, end: '', blanks: 0, comment: null, ...line });
  }

  /** Blank lines that the author left, none at the beginning of a block. */
  #blanksBefore(start: number): number {
    const { last } = this.output;
    if (!last || last.end === ' {') return 0;
    let newlines = 0;
    for (let at = this.#end; at < start; at++) if (this.#text.charCodeAt(at) === 0x0a) newlines++;
    return Math.max(0, Math.min(newlines - 1, this.#options.blankLines));
  }

  #spelled({ start, end }: Word): string {
    return this.#text.slice(start, end);
  }

  #printBlock(directive: Directive): void {
    const { block, start, end } = directive;
    if (!block) return;
    const blanks = this.#blanksBefore(start);
    const head = this.#headOf(directive);
    const inHead = [...this.#commentsBefore(block.open)];
    if (block.raw) {
      for (const [index, comment] of inHead.entries())
        this.#add({ kind: 'comment', words: [commentText(this.#text, comment)], blanks: index === 0 ? blanks : 0 });
      const raw = `${head} ${this.#text.slice(block.open, end)}`;
      this.#add({ kind: 'edge', words: [raw], blanks: inHead.length > 0 ? 0 : blanks });
      return;
    }
    const short = inHead.length === 0 ? this.#onOneLine(directive, head) : null;
    if (short !== null) {
      this.#add({ kind: 'edge', words: [short], blanks });
      return;
    }
    this.#add({ kind: 'edge', words: [head], end: ' {', blanks });
    this.#depth++;
    this.#end = directive.args.at(-1)?.end ?? directive.name.end;
    for (const [index, comment] of inHead.entries()) {
      if (index === 0 && !hasNewline(this.#text, this.#end, comment.start))
        this.output.changeLast({ comment: this.#trailing(comment) });
      else this.#add({ kind: 'comment', words: [commentText(this.#text, comment)] });
    }
    this.#end = block.open + 1;
    this.printAll(block.directives, block.close);
    this.#depth--;
    this.#add({ kind: 'edge', words: ['}'] });
  }

  #headOf({ name, args }: Directive): string {
    return [name, ...args].map((word) => this.#spelled(word)).join(' ');
  }

  /** An empty block, or one with a single statement that the author wrote on one line. */
  #onOneLine({ block, start, end }: Directive, head: string): string | null {
    const { directives = [], open = 0, close = 0 } = block ?? {};
    const [inner, ...more] = directives;
    const comment = this.#file.comments[this.#nextComment];
    if (comment && comment.start > open && comment.start < close) return null;
    if (!inner) return `${head} {}`;
    if (more.length > 0 || inner.block || hasNewline(this.#text, start, end)) return null;
    const line = `${head} { ${this.#headOf(inner)}; }`;
    return this.#fits(this.#unit.repeat(this.#depth), line) ? line : null;
  }

  #printStatement(directive: Directive): void {
    const blanks = this.#blanksBefore(directive.start);
    const comments = [...this.#commentsBefore(directive.terminator)];
    const statement = statementOf(this.#text, directive, comments);
    const [first] = statement.lines;
    const words = first?.words.map((word) => this.#spelled(word)) ?? [];
    const isRow = statement.lines.length === 1 && !statement.endsAlone;
    const spansLines = words.some((word) => word.includes('\n'));
    if (isRow && spansLines) this.#add({ kind: 'edge', words, end: ';', blanks });
    else if (isRow && (words.length < 3 || this.#fits(this.#unit.repeat(this.#depth), `${words.join(' ')};`)))
      this.#add({ kind: 'words', words, spacing: spacingOf(this.#text, directive), end: ';', blanks });
    else this.#printLines(directive, statement, blanks);
  }

  #fits(indent: string, text: string): boolean {
    return widthOf(text) + this.#indentWidth(indent) <= this.#options.width;
  }

  /** A tab counts as many columns as editors show by default. */
  #indentWidth(indent: string): number {
    return indent.length + 7 * (indent.lastIndexOf('\t') + 1);
  }

  /** A statement over several lines. */
  #printLines(directive: Directive, { lines, endsAlone }: Statement, blanks: number): void {
    const base = this.#unit.repeat(this.#depth);
    let above: readonly string[] = [];
    let deeper = base + this.#unit;
    for (const [index, line] of lines.entries()) {
      if (index > 0) deeper = this.#continuation(directive, line, lines[0], above);
      const rows = this.#filled(line, index > 0 ? deeper : base, deeper);
      if (index === 0) above = rows[0] ?? [];
      for (const [row, words] of rows.entries()) {
        const isFirst = index + row === 0;
        this.#addRow(words, isFirst ? base : deeper, isFirst ? blanks : 0);
      }
      if (line.trailing) this.output.changeLast({ comment: this.#trailing(line.trailing, line.words.at(-1)?.end) });
      for (const comment of line.below) this.#add({ kind: 'comment', words: [commentText(this.#text, comment)], indent: deeper });
    }
    if (endsAlone) this.#addRow([';'], deeper, 0);
    else this.output.changeLast({ end: ';' });
  }

  #addRow(words: readonly string[], indent: string, blanks: number): void {
    this.#add({ kind: words.some((word) => word.includes('\n')) ? 'edge' : 'words', words, indent, blanks });
  }

  /** What stands before a line that continues a statement: as far in as the word above it that its author lined it up with, or one level. */
  #continuation(
    { start }: Directive,
    { words: [word] }: WrittenLine,
    first: WrittenLine | undefined,
    written: readonly string[],
  ): string {
    const base = this.#unit.repeat(this.#depth);
    if (!word || !first || leadingBlanks(this.#text, word.start) === `${leadingBlanks(this.#text, start)}\t`)
      return base + this.#unit;
    const column = columnAt(this.#text, word.start);
    const above = first.words.findIndex((one, index) => index > 0 && columnAt(this.#text, one.start) === column);
    if (above < 1 || above >= written.length) return base + this.#unit;
    return base + ' '.repeat(widthOf(written.slice(0, above).join(' ')) + 1);
  }

  /** The words of a line, in as many lines as they need. */
  #filled({ words }: WrittenLine, indent: string, deeper: string): readonly (readonly string[])[] {
    const spelled = words.map((word) => this.#spelled(word));
    if (this.#fits(indent, `${spelled.join(' ')};`) || spelled.some((word) => word.includes('\n'))) return [spelled];
    const rows: string[][] = [];
    let room = 0;
    for (const word of spelled) {
      const width = widthOf(word) + 1;
      const row = rows.at(-1);
      if (row && width <= room) {
        row.push(word);
        room -= width;
      } else {
        room = this.#options.width - this.#indentWidth(row ? deeper : indent) - width;
        rows.push([word]);
      }
    }
    return rows;
  }
}
