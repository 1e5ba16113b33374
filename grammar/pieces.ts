import { endOfRawBlock, rawLanguage } from './raw-block.ts';
import { type Cut, cut, endOf, type IsRaw, LeftBrace, RawBlock, type Token, Word } from './tokens.ts';

const pieceSize = 1 << 17;

/**
 * Cuts `from…to` of a text piece by piece, so that a large file never stands in memory as tokens all at once.
 * A piece ends behind a statement; only the last one may end within one.
 */
export function* cutInPieces(text: string, isRaw: IsRaw, from = 0, to = text.length): Generator<Cut> {
  let size = pieceSize;
  for (let at = from; at < to; ) {
    const end = Math.min(to, at + size);
    const { tokens, comments } = cut(at === 0 && end === text.length ? text : text.slice(at, end), isRaw);
    const isLast = end === to;
    const whole = isLast ? tokens.length : beforeOpenCode(tokens, endOfStatements(text.slice(at, end), tokens));
    if (whole === 0 && !isLast) {
      size *= 2;
      continue;
    }
    const last = tokens[whole - 1];
    const next = isLast || !last ? end : at + endOf(last);
    if (whole < tokens.length) tokens.length = whole;
    yield { tokens: moved(tokens, at), comments: moved(comments, at).filter(({ startOffset }) => startOffset < next) };
    at = next;
    size = pieceSize;
  }
}

/** How many tokens there are up to the last end of a statement. */
export function endOfStatements(text: string, tokens: readonly Token[]): number {
  let count = tokens.length;
  while (count > 0 && !endsStatement(text, tokens[count - 1])) count--;
  return count;
}

/** A `{` with a digit behind it may be the repeat count of a pattern, which goes on. */
function endsStatement(text: string, token: Token | undefined): boolean {
  if (!token || token.tokenType === Word) return false;
  if (token.tokenType !== LeftBrace) return true;
  const next = text.charCodeAt(endOf(token));
  return !(next >= 0x30 && next <= 0x39);
}

/** Foreign code whose end is not in the piece goes to the next one, with its statement. */
function beforeOpenCode(tokens: readonly Token[], whole: number): number {
  for (let at = 0; at < whole; at++) {
    const token = tokens[at];
    if (token?.tokenType !== RawBlock) continue;
    let first = at;
    while (first > 0 && tokens[first - 1]?.tokenType === Word) first--;
    const language = rawLanguage(tokens[first]?.image ?? '') ?? 'lua';
    if (endOfRawBlock(token.image, 0, language) !== token.image.length - 1) return first;
  }
  return whole;
}

function moved<T extends readonly Token[]>(tokens: T, by: number): T {
  if (by) for (const token of tokens) token.startOffset += by;
  return tokens;
}
