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

  readonly file = this.RULE('file', () => {
    this.MANY(() => {
      this.OR([{ ALT: () => this.SUBRULE(this.statement) }, { ALT: () => this.SUBRULE(this.blockEnd) }]);
    });
  });

  private readonly statement = this.RULE('statement', () => {
    this.AT_LEAST_ONE(() => {
      const word = this.CONSUME(Word);
      this.ACTION(() => this.listener.word(word));
    });
    this.OR([
      { ALT: () => this.tell('semicolon', this.CONSUME(Semicolon)) },
      { ALT: () => this.tell('open', this.CONSUME(LeftBrace)) },
      { ALT: () => this.tell('raw', this.CONSUME(RawBlock)) },
    ]);
  });

  private readonly blockEnd = this.RULE('blockEnd', () => this.tell('close', this.CONSUME(RightBrace)));

  constructor(validate: boolean) {
    super(tokenTypes, { recoveryEnabled: true, maxLookahead: 1, skipValidations: !validate });
    this.performSelfAnalysis();
  }

  private tell(what: 'semicolon' | 'open' | 'raw' | 'close', token: IToken): void {
    this.ACTION(() => this.listener[what](token));
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

/** The grammar as data, for the railroad diagram. */
export function serializedGrammar(): ISerializedGast[] {
  return new Parser(true).getSerializedGastProductions();
}
