import {
  type CustomPatternMatcherReturn,
  createToken,
  createTokenInstance,
  type IToken,
  Lexer,
  type TokenType,
} from 'chevrotain';
import { endOfRawBlock, rawLanguage } from './raw-block.ts';

/*
 * What ngx_conf_read_token cuts. One token type holds every word, quoted or bare, closed or not: token
 * categories would cost a third of the speed.
 *
 *     proxy_set_header  X-Real  "a \" b"  ${name};   # why
 *     ^^^^^^^^^^^^^^^^  ^^^^^^  ^^^^^^^^  ^^^^^^^^   ^^^^^
 *     Word              Word    Word      Word   ^   Comment
 *                                                Semicolon
 */

/** Everything up to a blank, `;` or `{`; or a quoted string. `}`, `#` and quotes inside a bare word are text. */
export const Word = createToken({
  name: 'Word',
  pattern:
    /[^ \t\r\n;{}#"'\\$](?:[^ \t\r\n;{\\$]+|\\[\s\S]?|\$+\{*)*|"(?:[^"\\]+|\\[\s\S]?)*"?|'(?:[^'\\]+|\\[\s\S]?)*'?|[\\$](?:(?<=\\)[\s\S]?|(?<=\$)\{*)(?:[^ \t\r\n;{\\$]+|\\[\s\S]?|\$+\{*)*/,
  start_chars_hint: charCodes((code) => !isBlank(code) && code !== 0x3b && code !== 0x7b && code !== 0x7d && code !== 0x23),
  line_breaks: true,
});

/** `;` */
export const Semicolon = createToken({ name: 'Semicolon', pattern: /;/, label: ';' });

/** `{` */
export const LeftBrace = createToken({ name: 'LeftBrace', pattern: /\{/, label: '{' });

/** `}` */
export const RightBrace = createToken({ name: 'RightBrace', pattern: /\}/, label: '}' });

/** A whole `{ … }` of foreign code; without its `}` when the text lacks it. */
export const RawBlock = createToken({
  name: 'RawBlock',
  pattern: { exec: matchRawBlock },
  start_chars_hint: ['{'],
  line_breaks: true,
  label: '{ foreign code }',
});

/** `#` where a word could begin, to the end of the line. */
export const Comment = createToken({
  name: 'Comment',
  pattern: /#[^\n]*/,
  group: 'comments',
  line_breaks: false,
  start_chars_hint: ['#'],
});

const Blank = createToken({
  name: 'Blank',
  pattern: /[ \t\r\n]+/,
  group: Lexer.SKIPPED,
  line_breaks: true,
  start_chars_hint: [' ', '\t', '\r', '\n'],
});

/** The vocabulary that the parser knows. */
export const tokenTypes = [Blank, Word, Semicolon, RawBlock, LeftBrace, RightBrace, Comment];

/** What a text is cut into; comments stand apart. */
export interface Cut {
  readonly tokens: Token[];
  readonly comments: readonly Token[];
}

/** Says whether a directive's block holds foreign code. */
export type IsRaw = (name: string) => boolean;

let isRaw: IsRaw = namedRaw;

const blanks = sticky(Blank);
const comment = sticky(Comment);
const word = sticky(Word);

function sticky({ PATTERN }: TokenType): RegExp {
  return new RegExp(PATTERN as RegExp, 'y');
}

/**
 * Cuts a byte string into tokens. Never fails: every byte is in a token, a comment, or blank. Does what the chevrotain lexer
 * does, which takes 5 ms to make; a test holds the two against each other.
 */
export function cut(text: string, raw: IsRaw = namedRaw): Cut {
  isRaw = raw;
  const tokens: Token[] = [];
  const comments: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (isBlank(code)) {
      at = endOfMatch(blanks, text, at);
      continue;
    }
    const token =
      code === 0x23 ? tokenOf(Comment, text.slice(at, endOfMatch(comment, text, at)), at) : tokenAt(text, at, code, tokens);
    (code === 0x23 ? comments : tokens).push(token);
    at += token.image.length;
  }
  return { tokens, comments };
}

function tokenAt(text: string, at: number, code: number, before: Token[]): Token {
  if (code === 0x3b) return tokenOf(Semicolon, ';', at);
  if (code === 0x7d) return tokenOf(RightBrace, '}', at);
  if (code !== 0x7b) return tokenOf(Word, text.slice(at, endOfMatch(word, text, at)), at);
  const [raw] = matchRawBlock(text, at, before) ?? [];
  return raw === undefined ? tokenOf(LeftBrace, '{', at) : tokenOf(RawBlock, raw, at);
}

function endOfMatch(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  pattern.test(text);
  return pattern.lastIndex;
}

function tokenOf(tokenType: TokenType, image: string, startOffset: number): Token {
  return { image, startOffset, tokenTypeIdx: tokenType.tokenTypeIdx ?? 0, tokenType };
}

/** The chevrotain lexer, with its definition checked; for tests. */
export function createLexer(): Lexer {
  return new Lexer(tokenTypes, { positionTracking: 'onlyOffset', ensureOptimizations: true });
}

/** True for names that open foreign code whoever defines them. */
export function namedRaw(name: string): boolean {
  return name.endsWith('_by_lua_block');
}

function matchRawBlock(text: string, offset: number, before: Token[]): CustomPatternMatcherReturn | null {
  let first = before.length - 1;
  if (first < 0 || before[first]?.tokenType !== Word) return null;
  while (first > 0 && before[first - 1]?.tokenType === Word) first--;
  const image = before[first]?.image ?? '';
  const name = /^["']/.test(image) ? image.slice(1, -1) : image;
  if (!isRaw(name)) return null;
  const close = endOfRawBlock(text, offset, rawLanguage(name) ?? 'lua');
  return [text.slice(offset, close < 0 ? guessedEnd(text, offset) : close + 1)];
}

/** Where foreign code whose braces do not balance ends: with a `}` below its own line, before a directive no deeper, or with the text. */
function guessedEnd(text: string, open: number): number {
  const line = text.lastIndexOf('\n', open) + 1;
  const indent = /^[ \t]*/.exec(text.slice(line, open))?.[0].length ?? 0;
  const outer = new RegExp(`\\n[ \\t]{0,${indent}}(?=[}a-z])`, 'g');
  outer.lastIndex = text.indexOf('\n', open) < 0 ? text.length : text.indexOf('\n', open);
  const found = outer.exec(text);
  if (!found) return text.length;
  const next = found.index + found[0].length;
  return text.charAt(next) === '}' && found[0].length === indent + 1 ? next + 1 : found.index;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0d || code === 0x0a;
}

function charCodes(wanted: (code: number) => boolean): number[] {
  return Array.from({ length: 256 }, (_, code) => code).filter(wanted);
}

/** A token: its type, its bytes, and where they start. */
export type Token = IToken;

/** A token that recovery supposes at an offset and the text lacks; it has no width there. */
export function supposed(type: TokenType, image: string, at: number): Token {
  return createTokenInstance(type, image, -1 - at, Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN);
}

/** Whether recovery supposed this token. */
export function isSupposed(token: Token): boolean {
  return token.startOffset < 0;
}

/** Where a token starts, supposed or not. */
export function startOf(token: Token): number {
  return token.startOffset < 0 ? -1 - token.startOffset : token.startOffset;
}

/** Where a token ends: for a supposed one, where it starts. */
export function endOf(token: Token): number {
  return token.startOffset < 0 ? -1 - token.startOffset : token.startOffset + token.image.length;
}
