import { EmbeddedActionsParser, type IRecognitionException, type ISerializedGast, type IToken } from 'chevrotain';
import { LeftBrace, RawBlock, RightBrace, Semicolon, tokenTypes, Word } from './tokens.ts';

/** What the parser tells while it reads, in the order of the text. */
export interface Listener {
  word(token: IToken): void;
  semicolon(token: IToken): void;
  open(token: IToken): void;
  raw(token: IToken): void;
  close(token: IToken): void;
}

/**
 * The grammar as nginx reads it (ngx_conf_parse, a loop over what ngx_conf_read_token returns): statements one
 * after the other, where a block's `{` ends a statement and its `}` stands alone. Flat, so that no depth of
 * blocks can exhaust the stack; whether braces balance is for the listener to see.
 */
class Parser extends EmbeddedActionsParser {
  listener: Listener = silent;

  /* Alternatives and loop bodies are made once: a closure a word costs a third of the time. While the parser
     records its own grammar the listener is silent, so that no action needs a guard. */
  private readonly takeWord = () => this.listener.word(this.CONSUME(Word));
  private readonly endings = [
    { ALT: () => this.listener.semicolon(this.CONSUME(Semicolon)) },
    { ALT: () => this.listener.open(this.CONSUME(LeftBrace)) },
    { ALT: () => this.listener.raw(this.CONSUME(RawBlock)) },
  ];
  private readonly items = [{ ALT: () => this.SUBRULE(this.statement) }, { ALT: () => this.SUBRULE(this.blockEnd) }];
  private readonly takeItem = () => this.OR(this.items);

  readonly file = this.RULE('file', () => {
    this.MANY(this.takeItem);
  });

  private readonly statement = this.RULE('statement', () => {
    this.AT_LEAST_ONE(this.takeWord);
    this.OR(this.endings);
  });

  private readonly blockEnd = this.RULE('blockEnd', () => {
    this.listener.close(this.CONSUME(RightBrace));
  });

  constructor(validate: boolean) {
    super(tokenTypes, { recoveryEnabled: true, maxLookahead: 1, skipValidations: !validate });
    this.performSelfAnalysis();
  }
}

const silent: Listener = { word() {}, semicolon() {}, open() {}, raw() {}, close() {} };

let parser: Parser | undefined;

/** Reads tokens and tells the listener; returns what the grammar could not take. */
export function parse(tokens: IToken[], listener: Listener): readonly IRecognitionException[] {
  parser ??= new Parser(false);
  parser.input = tokens;
  parser.listener = listener;
  parser.file();
  parser.listener = silent;
  const errors = parser.errors;
  parser.input = [];
  return errors;
}

/**
 * Tells the listener the same as `parse` does of tokens that fit the grammar: words up to an end, or a `}` alone. Without the parser,
 * which takes 4 ms to make and longer to run. False, and nothing is told, when they do not fit.
 */
export function tell(tokens: readonly IToken[], listener: Listener): boolean {
  if (!isGrammatical(tokens)) return false;
  for (const token of tokens) {
    const { tokenType } = token;
    if (tokenType === Word) listener.word(token);
    else if (tokenType === Semicolon) listener.semicolon(token);
    else if (tokenType === LeftBrace) listener.open(token);
    else if (tokenType === RightBrace) listener.close(token);
    else listener.raw(token);
  }
  return true;
}

/** False for a statement without words, or without an end. */
function isGrammatical(tokens: readonly IToken[]): boolean {
  let inStatement = false;
  for (const { tokenType } of tokens) {
    const isWord = tokenType === Word;
    if (!isWord && inStatement === (tokenType === RightBrace)) return false;
    inStatement = isWord;
  }
  return !inStatement;
}

/** The grammar as data, for the railroad diagram. */
export function serializedGrammar(): ISerializedGast[] {
  return new Parser(true).getSerializedGastProductions();
}
