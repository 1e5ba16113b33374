import { endOf, LeftBrace, type Token, Word } from '../../grammar/tokens.ts';
import { quoteOf } from '../../grammar/words.ts';

/** Tokens in which the repeat counts of unquoted patterns are part of their words again. */
export interface Joined {
  readonly tokens: Token[];
  /** The words that were put together. */
  readonly patterns: readonly Token[];
}

/**
 * Joins `^/[a-z]` `{` `2,3}/` to the pattern its author meant: nginx ends a bare word at `{`, so that a repeat
 * count opens a block. Nobody writes a block like that, without a blank on either side and with digits and `}` inside.
 */
export function joinQuantifiers(text: string, tokens: readonly Token[]): Joined {
  const joined: Token[] = [];
  const patterns: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    const last = joined.at(-1);
    const next = tokens[at + 1];
    if (!token) continue;
    if (token.tokenType !== LeftBrace || !last || !next || !isCount(last, token, next)) {
      joined.push(token);
      continue;
    }
    const whole = { ...last, image: text.slice(last.startOffset, endOf(next)) };
    joined[joined.length - 1] = whole;
    if (patterns.at(-1)?.startOffset === whole.startOffset) patterns.pop();
    patterns.push(whole);
    at++;
  }
  return { tokens: joined, patterns };
}

function isCount(before: Token, brace: Token, after: Token): boolean {
  return (
    before.tokenType === Word &&
    after.tokenType === Word &&
    !quoteOf(before.image) &&
    endOf(before) === brace.startOffset &&
    after.startOffset === brace.startOffset + 1 &&
    /^\d+(?:,\d*)?\}/.test(after.image)
  );
}
