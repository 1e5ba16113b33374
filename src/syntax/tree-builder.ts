import type { Listener } from '../../grammar/parser.ts';
import { endOfRawBlock, rawLanguage } from '../../grammar/raw-block.ts';
import { endOf, isSupposed, startOf, type Token } from '../../grammar/tokens.ts';
import { isClosed, mayFollowQuote, valueOf } from '../../grammar/words.ts';
import { asBlock, asSimple, type Shapes, unknown } from './shapes.ts';
import { shared } from './shared-words.ts';
import { skip } from './skip.ts';
import type { Block, Directive, Skipped, Word } from './tree.ts';

/** Words this long come near nginx's buffer of 4,096 bytes (NGX_CONF_BUFFER). */
const nearlyTooLong = 4090;

interface Open {
  readonly name: Word;
  readonly args: readonly Word[];
  readonly brace: Token;
  readonly directives: Directive[];
}

/**
 * Builds the tree while the parser reads. It also notices, at little cost, whatever deserves a closer look:
 * a file without any of that is well formed, and recovery never runs.
 */
export class TreeBuilder implements Listener {
  readonly directives: Directive[] = [];
  readonly skipped: Skipped[] = [];
  doubtful = false;
  hasLongWord = false;

  readonly #text: string;
  readonly #shapes: Shapes;
  #siblings: Directive[] = this.directives;
  #name: Word | null = null;
  readonly #args: Word[] = [];
  /** The first line end behind the last name that was looked at. */
  #lineEnd = -1;
  readonly #open: Open[] = [];

  constructor(text: string, shapes: Shapes) {
    this.#text = text;
    this.#shapes = shapes;
  }

  word(token: Token): void {
    const word = token.startOffset < 0 ? supposedWord(token) : this.#word(token);
    if (this.#name === null) this.#name = word;
    else this.#args.push(word);
  }

  semicolon(token: Token): void {
    const name = this.#take();
    if (!name) return;
    this.#doubt(name, token, asSimple);
    const terminator = isSupposed(token) ? -1 : token.startOffset;
    const end = terminator < 0 ? this.#endOfWords(name) : terminator + 1;
    this.#add(name, this.#takeArgs(), terminator, null, end);
  }

  open(token: Token): void {
    const name = this.#take();
    if (!name) return;
    this.#doubt(name, token, asBlock);
    const directives: Directive[] = [];
    this.#open.push({ name, args: this.#takeArgs(), brace: token, directives });
    this.#siblings = directives;
  }

  raw(token: Token): void {
    const name = this.#take();
    if (!name) return;
    const open = token.startOffset;
    const end = endOf(token);
    const closed = isBalanced(token.image, name.value);
    if (!closed) this.doubtful = true;
    const close = token.image.length > 1 && token.image.endsWith('}') ? end - 1 : -1;
    const raw = { start: open + 1, end: close < 0 ? end : close };
    this.#add(name, this.#takeArgs(), open, { open, close, directives: [], raw }, end);
  }

  close(token: Token): void {
    if (!this.#open.length) {
      this.doubtful = true;
      skip(this.skipped, token);
      return;
    }
    this.#closeBlock(isSupposed(token) ? -1 : token.startOffset);
  }

  /** Closes what the text left open. */
  finish(): void {
    if (this.#open.length || this.#name) this.doubtful = true;
    const name = this.#take();
    if (name) {
      const end = this.#endOfWords(name);
      this.#add(name, this.#takeArgs(), -1, null, end);
    }
    while (this.#open.length) this.#closeBlock(-1);
  }

  #closeBlock(close: number): void {
    const block = this.#open.pop();
    if (!block) return;
    const { name, args, brace, directives } = block;
    this.#siblings = this.#open.at(-1)?.directives ?? this.directives;
    const open = isSupposed(brace) ? -1 : brace.startOffset;
    const end = close >= 0 ? close + 1 : (directives.at(-1)?.end ?? endOf(brace));
    this.#add(name, args, open, { open, close, directives: directives.slice(), raw: null }, end);
  }

  #add(name: Word, args: readonly Word[], terminator: number, block: Block | null, end: number): void {
    if (name.recovered)
      this.#siblings.push({
        kind: 'directive',
        name,
        args,
        terminator,
        block,
        start: (terminator < 0 ? block?.directives[0]?.start : undefined) ?? name.start,
        end,
        recovered: true,
      });
    else this.#siblings.push({ kind: 'directive', name, args, terminator, block, start: name.start, end });
  }

  #take(): Word | null {
    const name = this.#name;
    this.#name = null;
    return name;
  }

  /** A copy, which has room for no more than is in it: an array that grows has room for 17. */
  #takeArgs(): readonly Word[] {
    const args = this.#args.slice();
    this.#args.length = 0;
    return args;
  }

  #endOfWords(name: Word): number {
    return this.#args.at(-1)?.end ?? name.end;
  }

  #word(token: Token): Word {
    const image = token.image;
    const start = token.startOffset;
    const end = start + image.length;
    const first = image.charCodeAt(0);
    if (image.length >= nearlyTooLong) this.hasLongWord = true;
    if (first === 0x22 || first === 0x27) return this.#quotedWord(image, start, end);
    const last = image.charCodeAt(image.length - 1);
    if (last === 0x22 || last === 0x27) this.doubtful = true;
    return { start, end, value: image.indexOf('\\') < 0 ? shared(image) : valueOf(image), quote: '' };
  }

  #quotedWord(image: string, start: number, end: number): Word {
    if (!isClosed(image) || !mayFollowQuote(this.#text.charAt(end))) this.doubtful = true;
    return { start, end, value: valueOf(image), quote: image.charCodeAt(0) === 0x22 ? '"' : "'" };
  }

  /** A statement is doubtful when its terminator does not suit its name, or when a later line in it starts with a directive's name. */
  #doubt(name: Word, terminator: Token, shape: number): void {
    if (this.doubtful) return;
    const known = this.#shapes.of(name.value);
    if (known !== unknown && (!(known & shape) || this.#hasTooMany(name))) this.doubtful = true;
    if (this.#lineEnd < name.end) {
      const lineEnd = this.#text.indexOf('\n', name.end);
      this.#lineEnd = lineEnd < 0 ? Number.POSITIVE_INFINITY : lineEnd;
    }
    if (this.#lineEnd < startOf(terminator)) this.#doubtLines();
  }

  /** More arguments than the directive takes, one of them a directive's name: a `;` was lost on the line. */
  #hasTooMany(name: Word): boolean {
    const args = this.#args;
    if (args.length < 2 || args.length <= this.#shapes.mostArguments(name.value)) return false;
    return args.some(({ value, quote }) => !quote && this.#shapes.of(value) !== unknown);
  }

  #doubtLines(): void {
    for (const { start, value, quote } of this.#args) {
      if (quote || !this.#startsLine(start)) continue;
      if (this.#shapes.of(value) !== unknown || this.#inData()) this.doubtful = true;
    }
  }

  #inData(): boolean {
    const block = this.#open.at(-1);
    return block !== undefined && this.#shapes.isData(block.name.value);
  }

  #startsLine(offset: number): boolean {
    let at = offset - 1;
    while (at >= 0 && (this.#text.charCodeAt(at) === 0x20 || this.#text.charCodeAt(at) === 0x09)) at--;
    return at < 0 || this.#text.charCodeAt(at) === 0x0a;
  }
}

/** Whether foreign code ends at its own `}`; where its braces do not balance, the end of the token is a guess. */
export function isBalanced(image: string, name: string): boolean {
  return endOfRawBlock(image, 0, rawLanguage(name) ?? 'lua') === image.length - 1;
}

function supposedWord(token: Token): Word {
  const at = startOf(token);
  return { start: at, end: at, value: token.image, quote: '', recovered: true };
}
