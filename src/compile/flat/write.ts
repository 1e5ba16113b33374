import { lineAt, type SourceText } from '../../base/source-text.ts';
import type { ConfigDirective, ConfigTree } from '../../config/config-tree.ts';
import type { Comment, Word } from '../../syntax/tree.ts';
import { FileComments } from './file-comments.ts';

/** What is written besides the directives. */
export interface FlatOptions {
  /** The comments of the sources. */
  readonly comments?: boolean;
  /** What a block inherits, by the directive that opens it: written at its beginning. */
  readonly inherited?: (block: ConfigDirective) => readonly ConfigDirective[];
}

/**
 * One file with every include in place: each run of directives that comes from an included file is headed by a comment that
 * names its origin. Words keep the spelling of their source.
 */
export function writeFlat(tree: ConfigTree, options: FlatOptions = {}): string {
  const writer = new Writer(tree, options);
  writer.all(tree.directives, { source: tree.root.source, from: 0, to: tree.root.source.text.length, includes: 0 }, 0);
  return writer.text();
}

/** Where a list of directives stands: a part of a file, so many includes deep. */
interface Part {
  readonly source: SourceText;
  readonly from: number;
  readonly to: number;
  readonly includes: number;
}

class Writer {
  readonly #lines: string[] = [];
  readonly #comments: ReadonlyMap<SourceText, readonly Comment[]>;
  readonly #options: FlatOptions;

  constructor({ files }: ConfigTree, options: FlatOptions) {
    this.#comments = new Map(options.comments ? files.map(({ source, comments }) => [source, comments]) : []);
    this.#options = options;
  }

  text(): string {
    return this.#lines.length === 0 ? '' : `${this.#lines.join('\n')}\n`;
  }

  all(directives: readonly ConfigDirective[], part: Part, depth: number): void {
    const files = new FileComments(part, this.#comments, {
      line: (comment) => this.#lines.push(indent(depth) + comment),
      behind: (comment) => this.#lines.push(`${this.#lines.pop() ?? ''} ${comment}`),
    });
    let { name } = part.source;
    for (const directive of directives) {
      files.upTo(directive, part.includes);
      if (directive.source.name !== name) {
        name = directive.source.name;
        this.#lines.push(indent(depth) + placeOf(directive));
      }
      this.#write(directive, depth);
    }
    files.toEnd(part.to);
  }

  #write(directive: ConfigDirective, depth: number): void {
    const { source, node, includedBy } = directive;
    const head = indent(depth) + headOf(directive);
    if (!node.block) {
      this.#lines.push(`${head};`);
    } else if (node.block.raw) {
      this.#lines.push(`${head} {${source.text.slice(node.block.raw.start, node.block.raw.end)}}`);
    } else {
      this.#lines.push(`${head} {`);
      for (const one of this.#options.inherited?.(directive) ?? [])
        this.#lines.push(`${indent(depth + 1)}${headOf(one)}; ${placeOf(one)}`);
      const { open, close } = node.block;
      const part = { source, from: open + 1, to: close < 0 ? node.end : close, includes: includedBy.length };
      this.all(directive.children ?? [], part, depth + 1);
      this.#lines.push(`${indent(depth)}}`);
    }
  }
}

function headOf({ source, node }: ConfigDirective): string {
  return [node.name, ...node.args].map((word) => spelling(source.text, word)).join(' ');
}

/** A comment. A name with a line end would end it. */
function placeOf({ source, node }: ConfigDirective): string {
  return `# ${source.name.replace(/[\r\n]/g, ' ')}:${lineAt(source, node.start)}`;
}

function spelling(text: string, word: Word): string {
  return word.recovered ? word.value : text.slice(word.start, word.end);
}

function indent(depth: number): string {
  return '    '.repeat(depth);
}
