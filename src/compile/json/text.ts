import { bytesOfText } from './bytes.ts';
import type { Statement } from './payload.ts';
import { isLua } from './statements.ts';
import { spellCondition, spellWord } from './words.ts';

/** A file's text, as bytes, with every statement on the line that it names; one that names none begins a line. */
export function textOf(parsed: readonly Statement[]): string {
  const page = new Page();
  writeBlock(parsed, 0, page);
  return bytesOfText(page.text());
}

/** What has been written so far. */
class Page {
  readonly #parts: string[] = [];
  #line = 1;
  #isFresh = true;
  #endsInComment = false;

  /** Goes on where a statement of `line` begins: further down, behind a blank, or on a line of its own. */
  begin(line: number | undefined, depth: number): void {
    if (this.#endsInComment || (!line && !this.#isFresh)) this.#down(1);
    // A line that no file has would cost its height.
    if (line && line > this.#line) this.#down(Math.min(line - this.#line, mostBlank));
    this.#parts.push(this.#isFresh ? '    '.repeat(depth) : ' ');
    this.#isFresh = false;
  }

  write(text: string): void {
    this.#parts.push(text);
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#line++;
    this.#endsInComment = false;
  }

  comment(text: string): void {
    this.write(`#${text.replace(/\r?\n/g, ' ')}`);
    this.#endsInComment = true;
  }

  /** Ends a comment among arguments. */
  endComment(depth: number): void {
    this.#down(1);
    this.write('    '.repeat(depth + 1));
    this.#isFresh = false;
  }

  text(): string {
    if (!this.#isFresh) this.#down(1);
    return this.#parts.join('');
  }

  #down(lines: number): void {
    this.#parts.push('\n'.repeat(lines));
    this.#line += lines;
    this.#isFresh = true;
    this.#endsInComment = false;
  }
}

const mostBlank = 100_000;

function writeBlock(block: readonly Statement[], depth: number, page: Page): void {
  for (let index = 0; index < block.length; index++) {
    const statement = block[index] as Statement;
    page.begin(statement.line ?? undefined, depth);
    if (statement.directive === '#' && statement.comment !== undefined) page.comment(statement.comment);
    else {
      const among = commentsAmong(statement, block, index);
      index += among.length;
      writeStatement(statement, among, depth, page);
    }
  }
}

/** Comments that stood among a statement's arguments: they have its line, on which it does not end, or there are several. */
function commentsAmong(statement: Statement, block: readonly Statement[], index: number): readonly Statement[] {
  const { line, args } = statement;
  if (!line) return [];
  let end = index + 1;
  while (block[end]?.directive === '#' && block[end]?.line === line) end++;
  const behind = block.slice(index + 1, end);
  const isOnOneLine = lastLineOf(statement) === line && !args.some((word) => word.includes('\n'));
  return behind.length === 1 && isOnOneLine ? [] : behind;
}

function lastLineOf({ line, block, code }: Statement): number {
  if (code?.includes('\n')) return Infinity;
  const last = block?.at(-1);
  return last ? lastLineOf(last) : (line ?? 0);
}

function writeStatement(statement: Statement, among: readonly Statement[], depth: number, page: Page): void {
  const { directive, args, block, code } = statement;
  const isCode = isLua(directive) && !block && args.length > 0;
  const words = isCode ? args.slice(0, -1) : args;
  page.write(spellWord(directive));
  if (directive === 'if' && block) page.write(` ${spellCondition(words)}`);
  else for (const word of words) page.write(` ${spellWord(word)}`);
  for (const { comment = '' } of among) {
    page.write(' ');
    page.comment(comment);
    page.endComment(depth);
  }
  if (isCode || code !== undefined) page.write(` {${code ?? args.at(-1)}}`);
  else if (!block) page.write(';');
  else writeBraces(block, depth, page);
}

function writeBraces(block: readonly Statement[], depth: number, page: Page): void {
  page.write(' {');
  writeBlock(block, depth + 1, page);
  page.begin(block.length > 0 && !block.at(-1)?.line ? undefined : 1, depth);
  page.write('}');
}
