import { cutInPieces } from '../../grammar/pieces.ts';
import { endOf, namedRaw, RawBlock, RightBrace, Semicolon, type Token, Word } from '../../grammar/tokens.ts';
import { isClosed, mayFollowQuote, quoteOf, valueOf } from '../../grammar/words.ts';
import { lineAt, type SourceText } from '../base/source-text.ts';
import { tooLong } from './limits.ts';
import type { Meaning, Vocabulary } from './vocabulary.ts';

/** The first thing that makes nginx give up on a file, in its own words, and the line it names. */
export interface Verdict {
  readonly message: string;
  readonly line: number;
}

interface Level {
  readonly context: number;
  readonly data: boolean;
}

/**
 * What nginx's reader would say of this file alone: ngx_conf_read_token's complaints, and those of
 * ngx_conf_parse and ngx_conf_handler about names, places, terminators and counts. Values are not looked at,
 * included files not opened. Null when it would read on to the end.
 */
export function nginxVerdict(source: SourceText, vocabulary: Vocabulary, context = vocabulary.main): Verdict | null {
  return new Reader(source, vocabulary, context).read();
}

class Reader {
  readonly #source: SourceText;
  readonly #vocabulary: Vocabulary;
  readonly #levels: Level[];
  #words: Token[] = [];

  constructor(source: SourceText, vocabulary: Vocabulary, context: number) {
    this.#source = source;
    this.#vocabulary = vocabulary;
    this.#levels = [{ context, data: false }];
  }

  read(): Verdict | null {
    const { text } = this.#source;
    const isRaw = (name: string): boolean =>
      namedRaw(name) || this.#vocabulary.meanings(name).some(({ block }) => block === 'raw');
    for (const { tokens, comments } of cutInPieces(text, isRaw)) {
      const longComment = comments.find(
        ({ startOffset, image }) => image.length >= 4096 && tooLong(text, startOffset, startOffset + image.length),
      );
      for (const token of tokens) {
        if (longComment && longComment.startOffset < token.startOffset) return this.#long(longComment);
        const verdict = this.#token(token);
        if (verdict) return verdict;
      }
      if (longComment) return this.#long(longComment);
    }
    return this.#end();
  }

  #token(token: Token): Verdict | null {
    if (token.tokenType === Word) return this.#word(token);
    if (token.tokenType === RightBrace) return this.#close(token);
    if (!this.#words.length) return this.#say(`unexpected "${token.image.charAt(0)}"`, token.startOffset);
    const verdict = this.#statement(token);
    this.#words = [];
    return verdict;
  }

  #word(token: Token): Verdict | null {
    const { text } = this.#source;
    const end = endOf(token);
    if (token.image.length >= 4090) {
      const verdict = this.#long(token);
      if (verdict) return verdict;
    }
    this.#words.push(token);
    if (!quoteOf(token.image) || !isClosed(token.image) || mayFollowQuote(text.charAt(end))) return null;
    return this.#say(`unexpected "${text.charAt(end)}"`, end);
  }

  #long(token: Token): Verdict | null {
    const message = tooLong(this.#source.text, token.startOffset, endOf(token));
    return message ? this.#say(message, token.startOffset) : null;
  }

  #close(token: Token): Verdict | null {
    if (this.#words.length || this.#levels.length === 1) return this.#say('unexpected "}"', token.startOffset);
    this.#levels.pop();
    return null;
  }

  #end(): Verdict | null {
    const at = this.#source.text.length;
    if (this.#words.length) return this.#say('unexpected end of file, expecting ";" or "}"', at);
    return this.#levels.length > 1 ? this.#say('unexpected end of file, expecting "}"', at) : null;
  }

  /** ngx_conf_handler */
  #statement(terminator: Token): Verdict | null {
    const level = this.#levels.at(-1) ?? { context: 0, data: false };
    const block = terminator.tokenType !== Semicolon;
    if (level.data) return block ? this.#say('unexpected "{"', terminator.startOffset) : null;
    const name = valueOf(this.#words[0]?.image ?? '');
    const meanings = this.#vocabulary.meanings(name);
    const here = level.context ? meanings.filter(({ contexts }) => contexts & level.context) : meanings;
    const message = level.context ? complaint(name, meanings, here, block, this.#words.length - 1) : null;
    if (message) return this.#say(message, terminator.startOffset);
    if (block && terminator.tokenType !== RawBlock) this.#levels.push(inside(here, level.context));
    return null;
  }

  #say(message: string, offset: number): Verdict {
    return { message, line: lineAt(this.#source, offset) };
  }
}

function complaint(
  name: string,
  meanings: readonly Meaning[],
  here: readonly Meaning[],
  block: boolean,
  args: number,
): string | null {
  if (!meanings.length) return `unknown directive "${name}"`;
  const [first] = here;
  if (!first) return `"${name}" directive is not allowed here`;
  if ((first.block !== 'none') !== block)
    return block ? `directive "${name}" is not terminated by ";"` : `directive "${name}" has no opening "{"`;
  return args >= first.min && args <= first.max ? null : `invalid number of arguments in "${name}" directive`;
}

function inside(here: readonly Meaning[], context: number): Level {
  const [meaning] = here;
  return { context: meaning?.opens(context) ?? 0, data: meaning?.block === 'data' };
}
