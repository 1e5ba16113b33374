import { lineAt } from '../../base/source-text.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Directive, File } from '../../syntax/tree.ts';
import type { Statement } from './payload.ts';
import { payloadWord, withoutParentheses } from './words.ts';

/** Something that is wrong at a byte of a file. */
export interface Fault {
  readonly at: number;
  readonly words: string;
  /** True when the words say what it is about, and crossplane adds no file and line. */
  readonly hasPlace?: true;
}

/** What an `include` brings: places in the payload, or why a file is missing. */
export interface Included {
  readonly places: readonly number[];
  readonly failure?: string;
}

interface StatementOptions {
  readonly decode: (bytes: string) => string;
  readonly comments: boolean;
  readonly ignore: ReadonlySet<string>;
  /** Put into every statement. */
  readonly file: string | undefined;
  /** What the payload tells of this file. */
  readonly findings: readonly Diagnostic[];
  readonly include: ((pattern: string) => Included) | undefined;
}

/** As deep as `spliceIncludes` looks; deeper blocks are an error of its own. */
const deepest = 64;

/** One file's statements, in the order in which crossplane lists them. */
export class Statements {
  readonly faults: Fault[] = [];
  readonly #file: File;
  readonly #options: StatementOptions;
  readonly #refused = new Map<number, string>();
  #nextComment = 0;

  constructor(file: File, options: StatementOptions) {
    this.#file = file;
    this.#options = options;
    for (const { span, nginx, message } of options.findings) this.#refused.set(span.start, nginx ?? message);
  }

  all(): readonly Statement[] {
    const parsed = this.#inside(this.#file.directives, this.#file.source.text.length, 0);
    for (const [at, words] of this.#refused) this.faults.push({ at, words });
    return parsed;
  }

  #inside(directives: readonly Directive[], end: number, depth: number): readonly Statement[] {
    const statements: Statement[] = [];
    for (const directive of directives) {
      this.#comments(directive.start, statements);
      const statement = this.#statement(directive, depth);
      if (statement) statements.push(...statement);
    }
    this.#comments(end, statements);
    return statements;
  }

  /** The comments before an offset. Those among arguments have the line of their directive; crossplane has them always, without a file. */
  #comments(before: number, statements: Statement[], line?: number): void {
    const { source, comments } = this.#file;
    for (let comment = comments[this.#nextComment]; comment && comment.start < before; comment = comments[this.#nextComment]) {
      this.#nextComment++;
      if (!this.#options.comments && line === undefined) continue;
      const text = this.#options.decode(source.text.slice(comment.start + 1, comment.end).replace(/\r$/, ''));
      const head = line === undefined ? this.#head('#', lineAt(source, comment.start)) : { directive: '#', line };
      statements.push({ ...head, args: [], comment: text });
    }
  }

  #head(directive: string, line: number): Pick<Statement, 'file' | 'directive' | 'line'> {
    const { file } = this.#options;
    return file === undefined ? { directive, line } : { file, directive, line };
  }

  /** The statement, and the comments among its arguments behind it; nothing when it is ignored or refused. */
  #statement(directive: Directive, depth: number): readonly Statement[] | undefined {
    const { source } = this.#file;
    const { name, args, block, start, end } = directive;
    const line = lineAt(source, start);
    const among: Statement[] = [];
    this.#comments(headEnd(directive), among, line);
    const words = args.map((word) => this.#options.decode(payloadWord(source.text, word)));
    const called = this.#options.decode(payloadWord(source.text, name));
    const inner = block && !block.raw && depth < deepest ? block : null;
    const inside = inner ? this.#inside(inner.directives, inner.close < 0 ? end : inner.close, depth + 1) : [];
    this.#skipTo(end);
    if (this.#isRefused(directive) || this.#options.ignore.has(called)) return undefined;
    const statement: Statement = {
      ...this.#head(called, line),
      args: called === 'if' && block ? withoutParentheses(words) : words,
    };
    if (!block) return [this.#included(statement, directive), ...among];
    if (!block.raw) return [{ ...statement, block: inside }, ...among];
    const code = this.#options.decode(source.text.slice(block.raw.start, block.raw.end));
    if (isLua(called)) return [{ ...statement, args: [...words, code] }, ...among];
    return [{ ...statement, block: [], code }, ...among];
  }

  #included(statement: Statement, { name, args, start }: Directive): Statement {
    const pattern = args[0]?.value;
    if (!this.#options.include || name.value !== 'include' || pattern === undefined) return statement;
    const { places, failure } = this.#options.include(pattern);
    if (failure !== undefined) this.faults.push({ at: start, words: failure, hasPlace: true });
    return { ...statement, includes: places };
  }

  /** Takes what is wrong with a directive's name and arguments; one without `;` ends where its file says nothing. */
  #isRefused({ name, args, terminator, block, start, recovered }: Directive): boolean {
    let words: string | undefined;
    for (const word of [name, ...args]) {
      const here = this.#refused.get(word.start);
      if (here === undefined) continue;
      words ??= here;
      this.#refused.delete(word.start);
    }
    if (terminator < 0 && !block && !recovered) words = `directive "${name.value}" is not terminated by ";"`;
    if (words !== undefined) this.faults.push({ at: start, words });
    return words !== undefined;
  }

  #skipTo(offset: number): void {
    while ((this.#file.comments[this.#nextComment]?.start ?? offset) < offset) this.#nextComment++;
  }
}

function headEnd({ terminator, block, args, name, end }: Directive): number {
  if (block) return block.open < 0 ? (args.at(-1) ?? name).end : block.open;
  return terminator < 0 ? end : terminator;
}

/** True for a directive whose block is Lua: crossplane has its code as the last argument. */
export function isLua(name: string): boolean {
  return name.endsWith('_by_lua_block');
}
